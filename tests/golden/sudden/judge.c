/* Judges series given on standard input, and prints every interval and everything found. */
/* SPDX-License-Identifier: MIT */
#include <attune/sudden.h>

#include <stdio.h>
#include <stdlib.h>

/* "kind from first second third met t" of every interval; "kind from magnitude..." of the found. */
static void print_traces(const attune_sudden_trace *traces, size_t n)
{
    for (size_t i = 0; i < n; i++)
        printf("%d %d %d %d %d %d %.17g;", (int)traces[i].kind, (int)traces[i].from_session,
               (int)traces[i].first, (int)traces[i].second, (int)traces[i].third,
               (int)traces[i].met, traces[i].t);
    printf("|");
}

static void print_found(const attune_sudden *found, size_t n)
{
    for (size_t i = 0; i < n; i++)
        printf("%d %d %d %.17g %.17g %.17g %.17g %.17g;", (int)found[i].kind,
               (int)found[i].from_session, (int)found[i].reversed, found[i].before, found[i].after,
               found[i].magnitude, found[i].proportion, found[i].reversal_value);
    printf("|");
}

static void print_chosen(const attune_sudden *found, size_t n, int32_t mode)
{
    for (int32_t kind = ATTUNE_SUDDEN_GAIN; kind <= ATTUNE_SUDDEN_LOSS; kind++)
        for (int32_t which = 0; which <= ATTUNE_SUDDEN_SELECT_LARGEST; which++) {
            size_t i = attune_sudden_select(found, n, kind, which, mode);
            printf("%d ", i < n ? (int)found[i].from_session : -1);
        }
    printf("\n");
}

static int judge(const attune_sudden_options *how, const int32_t *session, const double *score,
                 size_t n)
{
    size_t room = 2 * n, n_found = 0, n_traces = 0;
    attune_sudden *found = calloc(room + 1, sizeof *found);
    attune_sudden_trace *traces = calloc(room + 1, sizeof *traces);
    attune_status status = ATTUNE_E_MEMORY;
    if (found && traces) {
        found->struct_size = sizeof *found;
        traces->struct_size = sizeof *traces;
        status = attune_sudden_fit(how, session, score, n, found, room, &n_found, traces, room,
                                   &n_traces, NULL);
        printf("%d|%zu|", (int)status, attune_sudden_intervals(how, session, score, n));
        print_traces(traces, n_traces);
        print_found(found, n_found);
        print_chosen(found, n_found, how->mode);
    }
    free(found);
    free(traces);
    return status != ATTUNE_E_MEMORY;
}

static int read_options(attune_sudden_options *how, size_t *n)
{
    int mode, direction;
    unsigned criteria, flags;
    if (scanf("%d %d %u %u %lf %lf %lf %lf %zu", &mode, &direction, &criteria, &flags, &how->cutoff,
              &how->proportion, &how->alpha, &how->critical, n) != 9)
        return 0;
    how->mode = mode;
    how->direction = direction;
    how->criteria = criteria;
    how->flags = flags;
    return 1;
}

static int read_rows(int32_t *session, double *score, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        int number;
        if (scanf("%d %lf", &number, &score[i]) != 2)
            return 0;
        session[i] = number;
    }
    return 1;
}

int main(void)
{
    attune_sudden_options how = ATTUNE_SUDDEN_OPTIONS_INIT;
    size_t n;
    while (read_options(&how, &n)) {
        int32_t *session = calloc(n + 1, sizeof *session);
        double *score = calloc(n + 1, sizeof *score);
        int done =
            session && score && read_rows(session, score, n) && judge(&how, session, score, n);
        free(session);
        free(score);
        if (!done)
            return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
