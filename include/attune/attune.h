/* The core of attune in one include: scoring, change, rules and watching. */
/* SPDX-License-Identifier: MIT */
#ifndef ATTUNE_ATTUNE_H
#define ATTUNE_ATTUNE_H

#include <attune/allocator.h>
#include <attune/change.h>
#include <attune/companion.h>
#include <attune/company.h>
#include <attune/field.h>
#include <attune/response.h>
#include <attune/rule.h>
#include <attune/scale.h>
#include <attune/score.h>
#include <attune/status.h>
#include <attune/version.h>
#include <attune/watch.h>

#endif
