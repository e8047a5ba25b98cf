/* The columns of a trend: the contract's names, and no member left out. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/near.h"

#include <attune/trend.h>

/* The columns of `attune trend` after client, measure and rater. */
static const char *const contract[] = {
    "n",
    "first",
    "last",
    "ols_intercept",
    "ols_slope",
    "ols_slope_se",
    "ols_t",
    "ols_p",
    "ols_low",
    "ols_high",
    "residual_sd",
    "sen_slope",
    "sen_low",
    "sen_high",
    "sen_intercept",
    "siegel_slope",
    "mk_s",
    "mk_var",
    "mk_z",
    "mk_p",
    "mk_p_exact",
    "kendall_tau_b",
    "spearman_rho",
    "lag1",
    "durbin_watson",
    "mk_hr_z",
    "mk_hr_p",
    "mk_yw_z",
    "mk_yw_p",
    "pw_slope",
    "pw_slope_se",
    "log_intercept",
    "log_slope",
    "log_slope_se",
    "huber_slope",
    "bisquare_slope",
};

static void the_columns_are_those_of_the_contract_in_its_order(void **state)
{
    (void)state;
    size_t count;
    const attune_field *fields = attune_trend_fields(&count);
    assert_int_equal(count, sizeof contract / sizeof *contract);
    for (size_t i = 0; i < count; i++)
        assert_string_equal(fields[i].name, contract[i]);
}

static void every_member_after_struct_size_has_a_column(void **state)
{
    (void)state;
    size_t count, next = sizeof(uint32_t);
    const attune_field *fields = attune_trend_fields(&count);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(fields[i].offset, next);
        next += fields[i].type == ATTUNE_FIELD_COUNT ? sizeof(int32_t) : sizeof(double);
    }
    assert_int_equal(next, sizeof(attune_trend));
}

static void the_count_may_be_declined(void **state)
{
    (void)state;
    assert_ptr_equal(attune_trend_fields(NULL), attune_trend_fields(&(size_t) { 0 }));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_columns_are_those_of_the_contract_in_its_order),
        cmocka_unit_test(every_member_after_struct_size_has_a_column),
        cmocka_unit_test(the_count_may_be_declined),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
