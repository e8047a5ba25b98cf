/* rupture_joint: the chance that a rupture began, from several signals of the same sessions. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/filter/channel.h"
#include "lib/core/rule/rupture.h"

#include <math.h>

/*
 * What it gains over rupture_filter hangs on what therapist and distress follow, which no study
 * tells. If they follow the course of the client's alliance and not the moment of one form, it
 * finds .010 more of all ruptures at the same share of false alarms, in the mean of 22 simulated
 * worlds; if they follow the moment too, the client's form has said most of it, and it gains .006.
 * Most of this comes from sessions without the client's form: where a quarter of them is missing it
 * gains .05, where none is, .003 and nothing. docs/filter.md has all figures, and how `heard` was
 * chosen.
 */
enum { THERAPIST_R = ATN_RUPTURE_OWN, DISTRESS_R, HEARD };

static const char alarms[] = "attune: marks at 6.4, 2.7 and 1.3 of 100 sessions of steady courses";
static const attune_param_info params[] = {
    ATN_RUPTURE_PARAMS(.15, .3, .45, alarms),
    [THERAPIST_R] = ATN_PARAM("therapist_r", .4, 0, .99,
                              "correlation of the therapist's deviations with the client's",
                              "attune: the middle of what its simulated courses assume"),
    [DISTRESS_R] = ATN_PARAM("distress_r", .16, 0, .99,
                             "correlation of alliance with less distress at the next session",
                             "Falkenstrom et al. 2019, PMC7776120: .16 to .21, standardised"),
    [HEARD] = ATN_PARAM("heard", .9, 0, 1,
                        "share of the momentary in a client's score that other signals follow",
                        "attune: gains where they follow none and loses little where they follow "
                        "all; no study tells which"),
};

/* Of each role, where its own constants leave it open: sizes are attune's own prior. */
static const struct {
    double spread;          /* of the signal, in its units: therapists' vary more */
    double slope, slope_sd; /* for a unit of time: sessions, but the log of them for distress */
} voices[] = {
    [ATTUNE_ROLE_THERAPIST] = { 1.25, .045, .07 },
    [ATTUNE_ROLE_DISTRESS] = { 1, .5, 1 },
    [ATTUNE_ROLE_SUBSCALE] = { 1, 0, .02 },
};
static const double subscale_noise = .5; /* variance of a subscale about the total */
static const double within_share = .48;  /* of the total SD: sqrt(1 - .77), as for alliance */
static const double within_range = .1;   /* of the range of a distress measure without an SD */

/* One companion at one session. */
typedef struct word {
    atn_voice voice;
    atn_said said;
    int32_t spoken; /* 0: no form, or nothing tells how to read it */
} word;

/* What one session said beside the client's form, for the mark that it may lead to. */
typedef struct heard {
    word words[ATTUNE_COMPANIONS_MAX];
    double fallen[ATTUNE_COMPANIONS_MAX]; /* units a subscale lies below what the total 0 gives */
    atn_reading alone;                    /* the therapist's, as if the client had said nothing */
    double distress;                      /* its evidence */
    uint32_t signals;                     /* as in attune_mark */
    int32_t spoken;                       /* companions that can be read */
} heard;

typedef struct memory {
    atn_rupture own; /* its last session is the last at which anybody spoke */
    atn_channel channel[ATTUNE_COMPANIONS_MAX];
    double client; /* the client's score at the last session; NaN: none, or at an end */
    int32_t last_form;
} memory;

/* Score points that are one unit of a signal; NaN when nothing tells. */
static double unit_of(const atn_setup *setup, uint32_t k)
{
    const attune_constants *c = &setup->companions->constants[k], *own = setup->constants;
    double range = c->score_max - c->score_min, whole = own->score_max - own->score_min;
    if (c->within_sd > 0)
        return c->within_sd;
    if (c->sd > 0)
        return within_share * c->sd;
    if (!isfinite(range))
        return NAN;
    if (setup->companions->role[k] == ATTUNE_ROLE_DISTRESS)
        return within_range * range;
    return isfinite(whole) ? own->within_sd * range / whole : (double)NAN;
}

static void voice_of(const atn_setup *setup, uint32_t k, double unit, atn_voice *voice)
{
    const attune_constants *c = &setup->companions->constants[k];
    const double *set = setup->params;
    int32_t role = setup->companions->role[k];
    double r = set[role == ATTUNE_ROLE_DISTRESS ? DISTRESS_R : THERAPIST_R];
    double spread = voices[role].spread;
    *voice = (atn_voice) {
        .loading = spread * r,
        .heard = set[HEARD],
        .noise = spread * spread * (1 - r * r),
        .slope = voices[role].slope,
        .slope_sd = voices[role].slope_sd,
        .half_step = isnan(c->score_step) ? 0 : c->score_step / unit / 2,
    };
    if (role != ATTUNE_ROLE_SUBSCALE)
        return;
    voice->loading = voice->heard = 1; /* the total is made of it */
    voice->noise = subscale_noise;
}

/* The client's score as other signals heard it; NaN: none, or all beyond an end of the scale. */
static double heard_score(const atn_population *p, double up)
{
    double score = atn_filter_score(p, up), tolerance = 1e-9 * p->half_step;
    return score < p->top - tolerance && score > p->bottom + tolerance ? score : (double)NAN;
}

/* How each companion's form is read; `sessions` counts from the client's first form. */
static void listen(const atn_setup *setup, const atn_form *form, double sessions, heard *h)
{
    double subscales = 0;
    for (uint32_t k = 0; k < setup->companions->count; k++) {
        double unit = unit_of(setup, k);
        word *w = &h->words[k];
        int32_t role = setup->companions->role[k];
        w->spoken = !isnan(form->companion[k] / unit);
        if (!w->spoken)
            continue;
        voice_of(setup, k, unit, &w->voice);
        w->said.value = form->companion[k] / unit;
        w->said.time = role == ATTUNE_ROLE_DISTRESS ? log(sessions) : sessions - 1;
        h->spoken++;
        subscales += role == ATTUNE_ROLE_SUBSCALE;
    }
    for (uint32_t k = 0; k < setup->companions->count; k++)
        h->words[k].said.among = setup->companions->role[k] == ATTUNE_ROLE_SUBSCALE ? subscales : 1;
}

static void take(memory *m, const atn_population *p, uint32_t k, double client, heard *h)
{
    const atn_belief belief = atn_rupture_belief(&m->own);
    word *w = &h->words[k];
    atn_reading reading;
    w->said.client = client;
    atn_channel_read(&m->channel[k], &w->voice, p, &w->said, &reading);
    atn_channel_learn(&m->channel[k], &w->voice, &belief, &w->said, &reading);
}

/* Distress follows the session before: it is taken in before time moves on from there. */
static void take_distress(memory *m, const atn_population *p, uint32_t k, int32_t session, heard *h)
{
    const atn_belief belief = atn_rupture_belief(&m->own);
    double before;
    if (session - m->own.last_session > 1) {
        atn_rupture_move(p, &m->own, session - 1);
        m->own.last_session = session - 1;
        m->own.odds = p->hazard;
        m->client = NAN;
    }
    before = atn_filter_evidence(&belief);
    take(m, p, k, m->client, h);
    h->distress = atn_filter_evidence(&belief) - before;
    h->signals |= 1u << ATTUNE_SIGNAL_DISTRESS;
}

static void take_beside(const atn_setup *setup, memory *m, const atn_population *p, uint32_t k,
                        double client, heard *h)
{
    const atn_channel *c = &m->channel[k];
    word *w = &h->words[k];
    atn_reading alone;
    w->said.client = NAN;
    atn_channel_read(c, &w->voice, p, &w->said, &alone);
    h->fallen[k] = -alone.value;
    if (atn_channel_speaks(c, &alone) && setup->companions->role[k] == ATTUNE_ROLE_THERAPIST) {
        h->alone = alone;
        h->signals |= 1u << ATTUNE_SIGNAL_THERAPIST;
    }
    take(m, p, k, client, h);
}

/* Those that follow the session before, or those that follow this one. */
static void hear(const atn_setup *setup, memory *m, const atn_population *p, const atn_form *form,
                 int lagged, heard *h)
{
    double client = heard_score(p, form->up);
    for (uint32_t k = 0; k < setup->companions->count; k++) {
        int distress = setup->companions->role[k] == ATTUNE_ROLE_DISTRESS;
        if (!h->words[k].spoken || distress != lagged)
            continue;
        if (distress)
            take_distress(m, p, k, form->session, h);
        else
            take_beside(setup, m, p, k, client, h);
    }
}

/* What a reading leaves of a belief. */
static void learn(const atn_reading *reading, atn_rupture *own)
{
    const atn_belief belief = atn_rupture_belief(own);
    atn_weighing weighing;
    atn_filter_weigh(&belief, reading, &weighing);
    atn_filter_learn(&belief, &weighing);
}

static double evidence(atn_rupture *own)
{
    const atn_belief belief = atn_rupture_belief(own);
    return atn_filter_evidence(&belief);
}

/*
 * The therapist's part of the evidence that both raters brought: the mean of what it brings first
 * and of what it adds once the client has spoken (Shapley 1953). What both say is shared evenly.
 */
static double therapist_part(const atn_population *p, atn_rupture *before, double both, double up,
                             const heard *h)
{
    atn_rupture first = *before, client = *before;
    atn_reading own;
    learn(&h->alone, &first);
    atn_filter_read(p, atn_filter_score(p, up), &own);
    learn(&own, &client);
    return (evidence(&first) + both - evidence(&client) - evidence(before)) / 2;
}

/* Each subscale's share of all that the subscales have fallen. */
static void share_fall(const atn_setup *setup, const atn_population *p, const heard *h,
                       attune_mark *mark)
{
    const atn_companions *others = setup->companions;
    double usual = atn_filter_score(p, mark->reference), fall[ATTUNE_COMPANIONS_MAX], sum = 0;
    uint32_t signal = ATTUNE_SIGNAL_SUBSCALE;
    for (uint32_t k = 0; k < others->count; k++) {
        int here = h->words[k].spoken && others->role[k] == ATTUNE_ROLE_SUBSCALE;
        fall[k] = here ? fmax(h->fallen[k] + usual, 0) * unit_of(setup, k) : 0;
        sum += fall[k];
    }
    for (uint32_t k = 0; k < others->count; k++) {
        if (others->role[k] != ATTUNE_ROLE_SUBSCALE)
            continue;
        if (fall[k] > 0) {
            mark->share[signal] = fall[k] / sum;
            mark->signals |= 1u << signal;
        }
        signal++;
    }
}

static void tell(const atn_setup *setup, const atn_population *p, memory *m, atn_rupture *before,
                 const heard *h, attune_mark *mark)
{
    double *share = mark->share, both = evidence(&m->own), sum = 0;
    mark->signals = h->signals | 1u << ATTUNE_SIGNAL_CLIENT;
    if (h->signals >> ATTUNE_SIGNAL_THERAPIST & 1)
        share[ATTUNE_SIGNAL_THERAPIST] = therapist_part(p, before, both, mark->observed, h);
    share[ATTUNE_SIGNAL_CLIENT] = both - evidence(before) - share[ATTUNE_SIGNAL_THERAPIST];
    share[ATTUNE_SIGNAL_DISTRESS] = h->distress;
    for (int i = 0; i < ATTUNE_SIGNAL_SUBSCALE; i++)
        sum += fabs(share[i]);
    for (int i = 0; i < ATTUNE_SIGNAL_SUBSCALE; i++)
        share[i] /= fmax(sum, 1e-12);
    share_fall(setup, p, h, mark);
}

static void judge(const atn_setup *setup, const atn_population *p, memory *m, atn_rupture *before,
                  const atn_form *form, const heard *h, atn_finding *finding)
{
    m->own.last_session = m->last_form;
    atn_rupture_observe(setup, p, &m->own, form, finding);
    m->last_form = form->session;
    if (finding->n_marks > 0 && finding->marks[0].kind == ATTUNE_MARK_DROP)
        tell(setup, p, m, before, h, &finding->marks[0]);
}

/* A session without the client's form: chances, but no mark; the next form may still bring it. */
static void wait(const atn_population *p, memory *m, const atn_form *form, atn_finding *finding)
{
    const atn_belief belief = atn_rupture_belief(&m->own);
    atn_lane weight[ATN_MODES];
    atn_answer answer;
    atn_filter_weights(&belief, weight);
    atn_filter_answer(weight, m->own.odds, &answer);
    m->own.odds = p->hazard;
    m->own.last_session = form->session;
    if (m->own.completed < 2)
        return;
    finding->statistic = answer.odds / (1 + answer.odds);
    finding->p_began = answer.began;
    finding->p_open = answer.open;
}

/* The client's first form: nothing is known of the session before it. */
static void begin(const atn_population *p, memory *m, const atn_form *form)
{
    atn_rupture_begin(p, &m->own, form);
    m->own.last_session = form->session;
    m->client = NAN;
}

static void step(const atn_setup *setup, void *state, const atn_form *form, atn_finding *finding)
{
    memory *m = state;
    heard h = { .signals = 0 };
    atn_rupture before;
    atn_population p;
    if (isnan(setup->constants->within_sd) || (m->own.sessions == 0 && isnan(form->up)))
        return;
    atn_rupture_population(setup, &m->own, form->up, &p);
    if (m->own.sessions == 0)
        begin(&p, m, form);
    listen(setup, form, (double)m->own.sessions + form->session - m->own.last_session, &h);
    if (isnan(form->up) && h.spoken == 0)
        return;
    hear(setup, m, &p, form, 1, &h);
    atn_rupture_move(&p, &m->own, form->session);
    before = m->own;
    hear(setup, m, &p, form, 0, &h);
    if (isnan(form->up))
        wait(&p, m, form, finding);
    else
        judge(setup, &p, m, &before, form, &h, finding);
    m->client = heard_score(&p, form->up);
}

const attune_rule atn_rule_rupture_joint = {
    .info = {
        .struct_size = sizeof(attune_rule_info),
        .version = 2,
        .constructs = 1u << ATTUNE_CONSTRUCT_ALLIANCE | 1u << ATTUNE_CONSTRUCT_OTHER,
        .needs = ATTUNE_CONSTANT_WITHIN_SD,
        .lookback = 3,
        .makes_episodes = 1,
        .param_count = sizeof params / sizeof *params,
        .thresholds = 1u << ATN_P_POSSIBLE | 1u << ATN_P_PROBABLE | 1u << ATN_P_SEVERE,
        .id = "rupture_joint",
        .title = "the chance that a rupture began, by several signals",
        .text = "The filter of rupture_filter, which also hears the therapist's rating and the "
                "subscales of a session and the distress of the next one. They tell most where the "
                "client's score is missing or stands at an end of the scale; a mark says what each "
                "signal brought.",
        .statistic = "P(a rupture began now) against P(none is open), as a share of their sum, as "
                     "in rupture_filter",
        .citation = "attune; interacting multiple models, Blom & Bar-Shalom 1988, IEEE Trans "
                    "Automat Contr 33:780-783, doi 10.1109/9.1299; shares of evidence, Shapley "
                    "1953, doi 10.1515/9781400881970-018",
        .companions = 1u << ATTUNE_ROLE_THERAPIST | 1u << ATTUNE_ROLE_DISTRESS |
                      1u << ATTUNE_ROLE_SUBSCALE,
    },
    .params = params,
    .step = step,
    .state_size = sizeof(memory),
    .repair_param = ATN_DELTA_BACK,
};
