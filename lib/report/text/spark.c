/* A course as one line of blocks, on the full range of its scale. */
/* SPDX-License-Identifier: MIT */
#include "lib/report/text/spark.h"

#include <math.h>

static const char *const blocks[] = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };
#define BLOCKS 8

int atn_spark_can(const atn_course *course)
{
    return course->observed > 0 && isfinite(course->constants.score_min) &&
           isfinite(course->constants.score_max) &&
           course->constants.score_max > course->constants.score_min;
}

/* Eighths of the range; the top of the scale belongs to the highest. */
static int block_of(const atn_course *course, double score)
{
    double low = course->constants.score_min, high = course->constants.score_max;
    int block = (int)floor((score - low) / (high - low) * BLOCKS);
    return block < 0 ? 0 : block >= BLOCKS ? BLOCKS - 1 : block;
}

void atn_put_spark(atn_writer *writer, const atn_course *course, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        atn_put(writer, course->cell[i] == ATN_CELL_DONE
                            ? blocks[block_of(course, course->score[i])]
                            : " ");
}
