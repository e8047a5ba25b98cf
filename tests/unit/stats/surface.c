/* Response surfaces: published terms, a surface put in and found again, and what is refused. */
/* SPDX-License-Identifier: MIT */
#include <attune/dyad.h>

#include "tests/unit/near.h"

enum { ROWS = 25, TERMS = ATTUNE_SURFACE_TERMS };
enum { A1 = 6, A2, A3, A4, A5, X0, Y0 };

static double room[1 << 10];

static attune_status terms_of(const double *b, const double *cov, double df,
                              attune_surface_term *terms, const char *key, uint64_t index)
{
    attune_error err = ATTUNE_ERROR_INIT;
    attune_status status = attune_surface_terms(b, cov, df, terms, TERMS, &err);
    assert_string_equal(err.key, key);
    assert_int_equal(err.index, index);
    return status;
}

/* The formulas of RSA.R of the R package RSA, worked at these coefficients by hand. */
static void terms_are_those_of_rsa(void **state)
{
    const double b[] = { 2, .4, .3, -.10, .15, -.05 };
    const double want[] = { 2, .4, .3, -.10, .15, -.05, .7, 0, .1, -.3, -.05, -34, -48 };
    attune_surface_term terms[TERMS] = { { .struct_size = sizeof terms[0] } };
    (void)state;
    assert_int_equal(terms_of(b, NULL, 100, terms, "", 0), ATTUNE_OK);
    for (int i = 0; i < TERMS; i++) {
        assert_int_equal(terms[i].term, i);
        assert_near(terms[i].value, want[i], 1e-12);
        assert_true(isnan(terms[i].se) && isnan(terms[i].t) && isnan(terms[i].p));
        assert_true(isnan(terms[i].low) && isnan(terms[i].high));
    }
}

/* Unit variances: the variance of a sum is the number of its parts. */
static void errors_follow_from_the_covariance(void **state)
{
    const double b[] = { 2, .4, .3, -1, 0, -.5 };
    double cov[36] = { 0 };
    attune_surface_term terms[TERMS] = { { .struct_size = sizeof terms[0] } };
    (void)state;
    for (size_t i = 0; i < 6; i++)
        cov[7 * i] = 1;
    assert_int_equal(terms_of(b, cov, 8, terms, "", 0), ATTUNE_OK);
    assert_near(terms[A1].se, sqrt(2), 1e-15);
    assert_near(terms[A2].se, sqrt(3), 1e-15);
    assert_near(terms[A3].t, 0.1 / sqrt(2), 1e-14);
    assert_near(terms[A4].se, sqrt(3), 1e-15);
    assert_near(terms[A5].high, -0.5 + 2.306004135204166 * sqrt(2), 1e-12); /* t(.975; 8) */
    /* x0 = -b1 / (2 b3) = .2 without b4: slopes 1/2 by b1, .2 by b3, and by b4 .15 */
    assert_near(terms[X0].value, .2, 1e-15);
    assert_near(terms[X0].se, sqrt(.25 + .04 + .0225), 1e-14);
    assert_near(terms[Y0].value, .3, 1e-15);
    cov[1] = cov[6] = -1; /* a covariance that takes one variance with another */
    cov[8] = cov[13] = -1;
    assert_int_equal(terms_of(b, cov, INFINITY, terms, "", 0), ATTUNE_OK);
    assert_near(terms[A1].se, 0, 0);
    assert_true(isnan(terms[A1].t) && isnan(terms[A1].p));
    assert_near(terms[A1].low, .7, 1e-15);
    cov[8] = cov[13] = -2; /* none: cut at 0 */
    assert_int_equal(terms_of(b, cov, 8, terms, "", 0), ATTUNE_OK);
    assert_near(terms[A1].se, 0, 0);
}

static void a_ridge_has_no_stationary_point(void **state)
{
    const double ridge[] = { 1, .4, .3, -.1, .2, -.1 }, plane[] = { 1, .4, .3, 0, 0, 0 };
    double cov[36] = { 1 };
    attune_surface_term terms[TERMS] = { { .struct_size = sizeof terms[0] } };
    (void)state;
    assert_int_equal(terms_of(ridge, cov, 9, terms, "", 0), ATTUNE_OK);
    assert_true(isnan(terms[X0].value) && isnan(terms[Y0].value) && isnan(terms[X0].se));
    assert_true(isnan(terms[X0].t) && isnan(terms[X0].low));
    assert_int_equal(terms_of(plane, NULL, 9, terms, "", 0), ATTUNE_OK);
    assert_true(isnan(terms[X0].value) && isnan(terms[Y0].value));
}

static void bad_coefficients_are_refused(void **state)
{
    const double b[6] = { 1, 2, 3, 4, 5, 6 }, bad[6] = { 1, 2, NAN, 4, 5, 6 };
    double cov[36] = { 0 };
    attune_surface_term terms[TERMS] = { { .struct_size = sizeof terms[0], .term = 77 } };
    (void)state;
    assert_int_equal(terms_of(NULL, NULL, 9, terms, "", 0), ATTUNE_E_ARGUMENT);
    assert_int_equal(terms_of(b, NULL, 9, NULL, "", 0), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_surface_terms(b, NULL, 9, terms, TERMS - 1, NULL), ATTUNE_E_COUNT);
    assert_int_equal(terms_of(b, NULL, 0, terms, "df", 0), ATTUNE_E_OPTION);
    assert_int_equal(terms_of(b, NULL, NAN, terms, "df", 0), ATTUNE_E_OPTION);
    assert_int_equal(terms_of(bad, NULL, 9, terms, "b", 2), ATTUNE_E_VALUE);
    cov[35] = 1e61;
    assert_int_equal(terms_of(b, cov, 9, terms, "b_cov", 35), ATTUNE_E_VALUE);
    assert_int_equal(terms[0].term, 77);
    terms[0].struct_size = 8;
    assert_int_equal(terms_of(b, NULL, 9, terms, "struct_size", 0), ATTUNE_E_STRUCT_SIZE);
}

/* A grid of 5 x 5 ratings, and a surface over it. */
struct data {
    double x[ROWS], y[ROWS], z[ROWS];
};

static struct data grid(const double *b, double centre)
{
    struct data d;
    for (size_t i = 0; i < ROWS; i++) {
        double x = (double)(i % 5) - 2, y = (double)(i / 5) - 2;
        d.x[i] = x + centre;
        d.y[i] = y + centre;
        d.z[i] = b[0] + b[1] * x + b[2] * y + b[3] * x * x + b[4] * x * y + b[5] * y * y;
    }
    return d;
}

static attune_status fit(const struct data *d, size_t n, double centre, attune_surface *s,
                         const char *key, uint64_t index)
{
    attune_error err = ATTUNE_ERROR_INIT;
    attune_status status = attune_surface_fit(d->x, d->y, d->z, n, centre, (char *)room + 3,
                                              attune_surface_work(n), s, &err);
    assert_string_equal(err.key, key);
    assert_int_equal(err.index, index);
    return status;
}

static void a_surface_is_found_again(void **state)
{
    const double b[] = { 9, .4, .3, -.10, .15, -.05 };
    struct data d = grid(b, 4);
    attune_surface s = { .struct_size = sizeof s };
    (void)state;
    assert_int_equal(fit(&d, ROWS, NAN, &s, "", 0), ATTUNE_OK);
    assert_int_equal(s.n, ROWS);
    assert_int_equal(s.df, ROWS - 6);
    assert_near(s.centre, 4, 1e-15);
    assert_near(s.r2, 1, 1e-15);
    assert_true(s.residual_sd < 1e-14);
    for (size_t i = 0; i < 6; i++)
        assert_near(s.b[i], b[i], 1e-14);
}

/* From another centre it is the same surface: a2, a4 and a5 stand, a1 moves by 2 a2 times. */
static void rows_with_a_hole_are_left_out_and_the_centre_may_be_given(void **state)
{
    const double b[] = { 9, .4, .3, -.10, .15, -.04 };
    struct data d = grid(b, 4);
    attune_surface s = { .struct_size = sizeof s };
    (void)state;
    d.x[3] = d.y[7] = d.z[11] = NAN;
    assert_int_equal(fit(&d, ROWS, 3, &s, "", 0), ATTUNE_OK);
    assert_int_equal(s.n, ROWS - 3);
    assert_near(s.centre, 3, 0);
    assert_near(s.b[3], b[3], 1e-13);
    assert_near(s.b[4], b[4], 1e-13);
    assert_near(s.b[5], b[5], 1e-13);
    assert_near(s.b[1] + s.b[2], b[1] + b[2] - 2 * (b[3] + b[4] + b[5]), 1e-13);
    for (size_t i = 0; i < ROWS; i++)
        d.z[i] = 5;
    assert_int_equal(fit(&d, ROWS, 4, &s, "", 0), ATTUNE_OK);
    assert_true(isnan(s.r2));
}

static void ratings_that_tell_nothing_apart_are_refused(void **state)
{
    const double b[] = { 9, .4, .3, -.10, .15, -.05 };
    struct data d = grid(b, 4);
    attune_surface s = { .struct_size = sizeof s, .n = -7 };
    (void)state;
    assert_int_equal(fit(&d, 6, NAN, &s, "rows", 0), ATTUNE_E_TOO_FEW);
    d.x[2] = INFINITY;
    assert_int_equal(fit(&d, ROWS, NAN, &s, "client", 2), ATTUNE_E_VALUE);
    d = grid(b, 4);
    d.y[3] = INFINITY;
    assert_int_equal(fit(&d, ROWS, NAN, &s, "therapist", 3), ATTUNE_E_VALUE);
    d = grid(b, 4);
    d.z[4] = INFINITY;
    assert_int_equal(fit(&d, ROWS, NAN, &s, "outcome", 4), ATTUNE_E_VALUE);
    d.z[4] = 1e61;
    assert_int_equal(fit(&d, ROWS, NAN, &s, "ratings", 0), ATTUNE_E_NUMERIC);
    d = grid(b, 4);
    assert_int_equal(fit(&d, ROWS, 1e61, &s, "ratings", 0), ATTUNE_E_NUMERIC);
    assert_int_equal(fit(&d, ROWS, -INFINITY, &s, "centre", 0), ATTUNE_E_OPTION);
    for (size_t i = 0; i < ROWS; i++)
        d.x[i] = d.y[i];
    assert_int_equal(fit(&d, ROWS, NAN, &s, "rank", 0), ATTUNE_E_NUMERIC);
    for (size_t i = 0; i < ROWS; i++)
        d.x[i] = 5;
    assert_int_equal(fit(&d, ROWS, 5, &s, "rank", 0), ATTUNE_E_NUMERIC);
    for (size_t i = 0; i < ROWS; i++)
        d.x[i] = d.z[i] * 1e-300;
    assert_int_equal(fit(&d, ROWS, 0, &s, "rank", 0), ATTUNE_E_NUMERIC);
    assert_int_equal(s.n, -7);
}

static void bad_calls_are_refused(void **state)
{
    const double b[] = { 9, .4, .3, -.10, .15, -.05 };
    struct data d = grid(b, 4);
    attune_surface s = { .struct_size = sizeof s }, old = { .struct_size = 8 };
    size_t size = attune_surface_work(ROWS), many = (size_t)INT32_MAX + 1;
    (void)state;
    assert_int_equal(fit(&d, ROWS, NAN, NULL, "", 0), ATTUNE_E_ARGUMENT);
    assert_int_equal(fit(&d, ROWS, NAN, &old, "struct_size", 0), ATTUNE_E_STRUCT_SIZE);
    assert_int_equal(fit(&d, many, NAN, &s, "n", 0), ATTUNE_E_COUNT);
    assert_int_equal(attune_surface_fit(d.x, d.y, d.z, ROWS, 4, NULL, size, &s, NULL),
                     ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_surface_fit(NULL, d.y, d.z, ROWS, 4, room, size, &s, NULL),
                     ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_surface_fit(d.x, NULL, d.z, ROWS, 4, room, size, &s, NULL),
                     ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_surface_fit(d.x, d.y, NULL, ROWS, 4, room, size, &s, NULL),
                     ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_surface_fit(d.x, d.y, d.z, ROWS, 4, room, size - 1, &s, NULL),
                     ATTUNE_E_COUNT);
    assert_int_equal(attune_surface_fit(NULL, NULL, NULL, 0, 4, room, sizeof room, &s, NULL),
                     ATTUNE_E_TOO_FEW);
    assert_int_equal(attune_surface_work(SIZE_MAX / 8), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(terms_are_those_of_rsa),
        cmocka_unit_test(errors_follow_from_the_covariance),
        cmocka_unit_test(a_ridge_has_no_stationary_point),
        cmocka_unit_test(bad_coefficients_are_refused),
        cmocka_unit_test(a_surface_is_found_again),
        cmocka_unit_test(rows_with_a_hole_are_left_out_and_the_centre_may_be_given),
        cmocka_unit_test(ratings_that_tell_nothing_apart_are_refused),
        cmocka_unit_test(bad_calls_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
