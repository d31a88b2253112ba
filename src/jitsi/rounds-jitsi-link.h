/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Room names and meeting links: made for the API, taken apart for the call page.
 * Tokens themselves are in rounds-jitsi-token.h.
 */

#pragma once

#include "rounds-jitsi-config.h"

G_BEGIN_DECLS

/* "appointment-<id>-<16 hex digits>" and "meeting-<id>-<16 hex digits>" (64 random bits). */
char *rounds_jitsi_room_name_new (const char *kind, const char *id);
/* Only [a-z0-9-], 1 to 200 of them. */
gboolean rounds_jitsi_room_name_is_valid (const char *room);

/* The guide's form: "https://<domain>/[tenant/]<room>?jwt=<token>"; without @token (meet.jit.si) no
 * query. Plain http only when the domain is a loopback address (tests, a developer's own page). */
char *
rounds_jitsi_link_build (const RoundsJitsiConfig *config, const char *room, const char *token);

/* What Prosody calls @room: "[tenant]room" below a tenant, as its mod_muc_domain_mapper makes of
 * the path. (transfer full) */
char *rounds_jitsi_link_dup_prosody_room (const RoundsJitsiConfig *config, const char *room);

/* A link taken apart. One owner. Security: token and the links made from it are credentials. */
typedef struct
{
  char *origin; /* "https://meet.example.org:8443" */
  char *path; /* "/tenant/room" */
  char *room;
  char *token; /* or NULL */
} RoundsJitsiLink;

/* Accepts https, and http on loopback only; token from ?jwt= or #jwt=. */
RoundsJitsiLink *rounds_jitsi_link_parse (const char *link, GError **error);
void rounds_jitsi_link_free (RoundsJitsiLink *self);

typedef struct
{
  const char *display_name; /* or NULL */
  const char *subject; /* title shown in the call, or NULL */
  const char *language; /* BCP 47, or NULL */
  gboolean start_muted;
  gboolean start_without_video;
} RoundsJitsiPageOptions;

/* What the page calls the language of @locale, as in "zh_TW.UTF-8" (setlocale(3)): its tag in BCP
 * 47, or NULL for none. (transfer full) */
char *rounds_jitsi_page_language (const char *locale);

/* The URI that the call page loads: token and config overrides in the fragment (kept out of
 * web-server logs), the page's API switched on by jitsi_meet_external_api_id=0. (transfer full) */
char *
rounds_jitsi_link_to_page_uri (const RoundsJitsiLink *self, const RoundsJitsiPageOptions *options);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsJitsiLink, rounds_jitsi_link_free)

G_END_DECLS
