/* Compares correlations given on standard input and prints every figure by name. */
/* SPDX-License-Identifier: MIT */
#include <attune/correlation.h>

#include <stdio.h>
#include <stdlib.h>

static void put(const char *name, double value)
{
    printf("%s %.17g\n", name, value);
}

static int put_one(double r, uint64_t n)
{
    attune_correlation c = { .struct_size = sizeof c };
    if (attune_correlation_of(r, n, 0, &c, NULL) != ATTUNE_OK)
        return 0;
    put("one.t", c.t);
    put("one.p", c.p);
    put("one.low", c.low);
    put("one.high", c.high);
    return 1;
}

static int put_overlap(double jk, double jh, double kh, uint64_t n)
{
    attune_overlap o = { .struct_size = sizeof o };
    if (attune_overlap_compare(jk, jh, kh, n, &o, NULL) != ATTUNE_OK)
        return 0;
    put("overlap.df", o.df);
    put("overlap.williams", o.williams_t);
    put("overlap.williams.p", o.williams_p);
    put("overlap.hotelling", o.hotelling_t);
    put("overlap.hotelling.p", o.hotelling_p);
    put("overlap.hendrickson", o.hendrickson_t);
    put("overlap.hendrickson.p", o.hendrickson_p);
    put("overlap.steiger", o.steiger_z);
    put("overlap.steiger.p", o.steiger_p);
    put("overlap.meng", o.meng_z);
    put("overlap.meng.p", o.meng_p);
    put("overlap.meng.low", o.meng_low);
    put("overlap.meng.high", o.meng_high);
    put("overlap.zou.low", o.zou_low);
    put("overlap.zou.high", o.zou_high);
    put("overlap.dunn", o.dunn_clark_z);
    put("overlap.dunn.p", o.dunn_clark_p);
    put("overlap.hittner", o.hittner_z);
    put("overlap.hittner.p", o.hittner_p);
    put("overlap.pearson", o.pearson_filon_z);
    put("overlap.pearson.p", o.pearson_filon_p);
    put("overlap.olkin", o.olkin_z);
    put("overlap.olkin.p", o.olkin_p);
    return 1;
}

static int put_nonoverlap(const attune_quartet *r, uint64_t n)
{
    attune_nonoverlap o = { .struct_size = sizeof o };
    if (attune_nonoverlap_compare(r, n, &o, NULL) != ATTUNE_OK)
        return 0;
    put("apart.steiger", o.steiger_z);
    put("apart.steiger.p", o.steiger_p);
    put("apart.zou.low", o.zou_low);
    put("apart.zou.high", o.zou_high);
    put("apart.dunn", o.dunn_clark_z);
    put("apart.dunn.p", o.dunn_clark_p);
    put("apart.silver", o.silver_z);
    put("apart.silver.p", o.silver_p);
    put("apart.pearson", o.pearson_filon_z);
    put("apart.pearson.p", o.pearson_filon_p);
    return 1;
}

static int put_independent(double r1, uint64_t n1, double r2, uint64_t n2)
{
    attune_independent o = { .struct_size = sizeof o };
    if (attune_independent_compare(r1, n1, r2, n2, &o, NULL) != ATTUNE_OK)
        return 0;
    put("independent.z", o.z);
    put("independent.p", o.p);
    put("independent.low", o.low);
    put("independent.high", o.high);
    return 1;
}

/* "n n2 r12 r13 r14 r23 r24 r34" of each case; its figures, then "end". */
int main(void)
{
    unsigned long n, n2;
    double r12, r13, r14, r23, r24, r34;
    while (scanf("%lu %lu %lf %lf %lf %lf %lf %lf", &n, &n2, &r12, &r13, &r14, &r23, &r24, &r34) ==
           8) {
        const attune_quartet all = {
            .struct_size = sizeof all,
            .r_jk = r12,
            .r_hm = r34,
            .r_jh = r13,
            .r_jm = r14,
            .r_kh = r23,
            .r_km = r24,
        };
        if (!put_one(r12, n) || !put_overlap(r12, r13, r23, n) || !put_nonoverlap(&all, n) ||
            !put_independent(r12, n, r34, n2))
            return EXIT_FAILURE;
        printf("end\n");
    }
    return EXIT_SUCCESS;
}
