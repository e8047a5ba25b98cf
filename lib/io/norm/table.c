/* The table of a norm file. */
/* SPDX-License-Identifier: MIT */
#include "lib/io/norm/table.h"

static const char *const formats[] = { ATTUNE_NORM_FORMAT, 0 };
static const char *const raters[] = { "client", "therapist", "observer", 0 };
const char *const atn_norm_times[] = {
    "log", "session", "root", "log-week", "week", "root-week", 0
};
static const char *const structures[] = { "level", "slope", "diagonal", 0 };
static const char *const methods[] = { "ml", "reml", 0 };
static const char *const answers[] = { "no", "yes", 0 };

#define NONE ((size_t)-1) /* checked, not kept */
#define IN(member) offsetof(attune_norm, member)
#define ROOM(member) sizeof(((attune_norm *)0)->member)
#define EITHER ATN_NORM_EITHER
#define TEXT(key, member, expected)                                                                \
    {                                                                                              \
        0, key, ATN_NORM_TEXT, IN(member), ROOM(member), EITHER, 0, expected                       \
    }
#define MODEL(part, key, type, member, words, expected)                                            \
    {                                                                                              \
        part, key, ATN_NORM_##type, IN(response.member), 0, EITHER, words, expected                \
    }
#define RANGE(key, member, axis)                                                                   \
    {                                                                                              \
        "data", key, ATN_NORM_WHOLE, IN(response.member), 0, ATN_NORM_BY_##axis, 0,                \
            "expected a whole number"                                                              \
    }
#define REAL(part, key, member) MODEL(part, key, REAL, member, 0, "expected a number")
#define COUNT(part, key, member) MODEL(part, key, COUNT, member, 0, "expected a whole number")
#define WHOLE(part, key, member) MODEL(part, key, WHOLE, member, 0, "expected a whole number")
#define WORD(key, member, words, expected) MODEL("model", key, WORD, member, words, expected)

const struct atn_norm_row atn_norm_rows[] = {
    { 0, "format", ATN_NORM_WORD, NONE, 0, EITHER, formats, "expected \"" ATTUNE_NORM_FORMAT "\"" },
    TEXT("name", name, "expected a name of at most 95 bytes"),
    TEXT("measure", measure, "expected a measure's id of at most 63 bytes"),
    { 0, "rater", ATN_NORM_WORD, IN(rater), 0, EITHER, raters,
      "expected client, therapist or observer" },
    TEXT("who", who, "expected who fitted it, in at most 127 bytes"),
    TEXT("at", at, "expected the day it was fitted, such as 2026-11-03"),
    TEXT("population", population, "expected whose forms these are, in at most 255 bytes"),
    TEXT("software", software, "expected the software that fitted it, in at most 31 bytes"),
    COUNT("data", "clients", n_clients),
    COUNT("data", "forms", n_forms),
    RANGE("first_session", first_session, SESSION),
    RANGE("last_session", last_session, SESSION),
    RANGE("first_day", first_session, DATE),
    RANGE("last_day", last_session, DATE),
    REAL("data", "intake_low", intake_low),
    REAL("data", "intake_high", intake_high),
    WORD("time", time, atn_norm_times,
         "expected log, session or root, or by date log-week, week or root-week"),
    WORD("structure", structure, structures, "expected level, slope or diagonal"),
    WORD("method", reml, methods, "expected ml or reml"),
    REAL("model", "intercept", intercept),
    REAL("model", "slope", slope),
    REAL("model", "intercept_se", intercept_se),
    REAL("model", "slope_se", slope_se),
    REAL("model", "fixed_cov", fixed_cov),
    REAL("model", "intercept_var", intercept_var),
    REAL("model", "slope_var", slope_var),
    REAL("model", "intercept_slope_cov", intercept_slope_cov),
    REAL("model", "residual_var", residual_var),
    REAL("model", "log_likelihood", log_likelihood),
    REAL("model", "aic", aic),
    REAL("model", "bic", bic),
    WORD("singular", singular, answers, "expected yes or no"),
    WHOLE("model", "iterations", iterations),
};
const size_t atn_norm_count = sizeof atn_norm_rows / sizeof *atn_norm_rows;
