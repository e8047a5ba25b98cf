/* Where a simulated course ruptures, how deep and for how long, and what becomes of it. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/simulate/world.h"

#include "lib/core/base/out.h"

#include <attune/watch.h>

#include <math.h>

/* One rupture as it was drawn: sessions from 1, last the one up to which its effect is full. */
typedef struct drawn {
    double depth;
    int32_t onset, last;
    int32_t back, gradual, partial;
} drawn;

static drawn draw(atn_random *random, const attune_world *world, int32_t onset)
{
    drawn r = { .onset = onset, .last = onset };
    r.depth = fmax(world->depth_min,
                   world->depth_median * exp(world->depth_sdlog * atn_random_normal(random)));
    while (r.last < onset + ATTUNE_WORLD_SESSIONS_MAX && atn_random_chance(random, world->longer))
        r.last++;
    r.back = atn_random_chance(random, world->repaired);
    r.partial = atn_random_chance(random, world->partial) && !r.back;
    r.gradual = atn_random_chance(random, world->gradual) && r.last > onset;
    return r;
}

/* The share of its depth that a session s within its length is in. */
static double share(const drawn *r, int32_t s)
{
    return r->gradual ? (double)(s - r->onset + 1) / (r->last - r->onset + 1) : 1.0;
}

static void lay(const drawn *r, double *effect, int32_t n)
{
    for (int32_t s = r->onset; s <= n && s <= r->last; s++)
        effect[s - 1] = r->depth * share(r, s);
    for (int32_t s = r->last + 1; s <= n && !r->back; s++)
        effect[s - 1] = r->partial ? r->depth / 2 : r->depth;
}

static int32_t status_of(const drawn *r, int32_t n)
{
    if (r->back)
        return r->last < n ? ATTUNE_EPISODE_REPAIRED : ATTUNE_EPISODE_CENSORED;
    if (r->partial && r->last < n)
        return ATTUNE_EPISODE_PARTIAL;
    return n - r->onset >= 2 ? ATTUNE_EPISODE_UNRESOLVED : ATTUNE_EPISODE_CENSORED;
}

static int32_t shape_of(const drawn *r)
{
    if (!r->back)
        return ATTUNE_RUPTURE_STEP;
    if (r->last == r->onset)
        return ATTUNE_RUPTURE_V;
    return r->gradual ? ATTUNE_RUPTURE_DECLINE : ATTUNE_RUPTURE_DIP;
}

static void tell(const drawn *r, int32_t n, attune_simulation *out)
{
    const attune_rupture truth = {
        .onset_session = r->onset,
        .last_session = !r->back || r->last > n ? n : r->last,
        .shape = shape_of(r),
        .status = status_of(r, n),
        .depth = r->depth,
    };
    if (out->ruptures)
        atn_give_at(out->ruptures, out->ruptures->struct_size, (size_t)out->n_ruptures, &truth,
                    sizeof truth);
    out->n_ruptures++;
}

void atn_client_ruptures(atn_client *client, attune_simulation *out)
{
    const attune_world *world = client->world;
    int32_t s = world->first_onset;
    atn_client_stream(client, ATN_STREAM_RUPTURES);
    out->n_ruptures = 0;
    for (int32_t i = 0; i < client->planned; i++)
        client->effect[i] = 0;
    while (s <= client->n) {
        drawn r;
        if (!atn_random_chance(client->random, world->hazard)) {
            s++;
            continue;
        }
        r = draw(client->random, world, s);
        lay(&r, client->effect, client->planned);
        tell(&r, client->n, out);
        s = r.back ? r.last + 1 + world->refractory : client->n + 1;
    }
}

static const char *const shapes[] = { "v", "dip", "decline", "step" };
static const char *const statuses[] = { "repaired", "partial", "unresolved", "censored" };

#define AT(member) (uint32_t) offsetof(attune_rupture, member)

static const attune_field fields[] = {
    { "onset_session", "The first session in the rupture.", NULL, 0, AT(onset_session),
      ATTUNE_FIELD_COUNT },
    { "last_session", "The last one in it, within the course.", NULL, 0, AT(last_session),
      ATTUNE_FIELD_COUNT },
    { "shape", "How it came and went.", shapes, 4, AT(shape), ATTUNE_FIELD_CODE },
    { "status", "What had become of it when the course ended.", statuses, 4, AT(status),
      ATTUNE_FIELD_CODE },
    { "depth", "Score points that it took off, before rounding.", NULL, 0, AT(depth),
      ATTUNE_FIELD_REAL },
};

const attune_field *attune_rupture_fields(size_t *count)
{
    if (count)
        *count = sizeof fields / sizeof *fields;
    return fields;
}
