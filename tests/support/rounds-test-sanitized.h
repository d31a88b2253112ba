/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Whether a test is of the sanitized build, in which everything takes several times as long.
 * What repeats itself for the sake of its results, which the plain build compares, does so less
 * often there. It is no place for leaving a case out.
 */

#pragma once

#ifdef __SANITIZE_ADDRESS__
#define ROUNDS_TEST_SANITIZED 1
#else
#define ROUNDS_TEST_SANITIZED 0
#endif
