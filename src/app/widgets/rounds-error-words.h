/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What went wrong, in plain words: what happened, what it means, what to do.
 * It shows nothing itself; pages and toasts do.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  ROUNDS_WAY_NONE, /* nothing here to press */
  ROUNDS_WAY_TRY_AGAIN,
  ROUNDS_WAY_SIGN_IN, /* another attempt with name and password */
} RoundsWayForward;

/* One owner; freed with rounds_error_words_free(). */
typedef struct
{
  char *title; /* a few words: "Rounds can't reach rounds.example.org" */
  char *body; /* one or two sentences */
  char *details; /* technical words for whoever asks; or NULL */
  RoundsWayForward way;
} RoundsErrorWords;

/* @server: the base URL or NULL; only its host is shown. */
RoundsErrorWords *rounds_error_words_new (const GError *error, const char *server);
void rounds_error_words_free (RoundsErrorWords *self);
/* The title and body as one line for a toast. (transfer full) */
char *rounds_error_words_line (const GError *error, const char *server);
/* "rounds.example.org" of "https://rounds.example.org/…". (transfer full) */
char *rounds_server_host (const char *server);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsErrorWords, rounds_error_words_free)

G_END_DECLS
