/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What a handler may ask of a request, and the decoding of its address.
 * It checks nobody's rights and parses no body; see rounds-dispatch.c.
 */

#include "config.h"

#include "rounds-request-private.h"

#include "rounds-json.h"
#include "rounds-user-repository.h"

#include <string.h>

#define MAX_USER_AGENT 200

char *
rounds_uri_decode (const char *text, gssize length, gboolean plus)
{
  g_return_val_if_fail (text != NULL, NULL);

  gsize n = length < 0 ? strlen (text) : (gsize)length;
  g_autoptr (GString) decoded = g_string_sized_new (n);
  for (gsize i = 0; i < n; i++)
    {
      char c = text[i];
      if (c == '%')
        {
          if (i + 2 >= n || !g_ascii_isxdigit (text[i + 1]) || !g_ascii_isxdigit (text[i + 2]))
            return NULL;
          c = (char)(g_ascii_xdigit_value (text[i + 1]) * 16 + g_ascii_xdigit_value (text[i + 2]));
          i += 2;
        }
      else if (c == '+' && plus)
        {
          c = ' ';
        }
      /* Security: a NUL would make what C code sees differ from what was matched. */
      if (c == '\0')
        return NULL;
      g_string_append_c (decoded, c);
    }
  if (!g_utf8_validate_len (decoded->str, decoded->len, NULL))
    return NULL;
  return g_string_free (g_steal_pointer (&decoded), FALSE);
}

/* What cannot be decoded: a value that every parameter with a form refuses. As absent it would mean
 * "all", which nobody asked for. */
#define UNREADABLE "\uFFFD"

/* The first of several values of a name counts. */
static GHashTable *
parse_query (const char *raw)
{
  GHashTable *values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto (GStrv) pairs = g_strsplit (raw != NULL ? raw : "", "&", 0);
  for (gsize i = 0; pairs[i] != NULL; i++)
    {
      const char *equals = strchr (pairs[i], '=');
      gssize length = equals != NULL ? equals - pairs[i] : -1;
      g_autofree char *name = rounds_uri_decode (pairs[i], length, TRUE);
      g_autofree char *value = rounds_uri_decode (equals != NULL ? equals + 1 : "", -1, TRUE);
      if (name == NULL || *name == '\0' || g_hash_table_contains (values, name))
        continue;
      g_hash_table_insert (values, g_steal_pointer (&name),
                           value != NULL ? g_steal_pointer (&value) : g_strdup (UNREADABLE));
    }
  return values;
}

void
rounds_request_clear (RoundsRequest *self)
{
  g_clear_pointer (&self->query, g_hash_table_unref);
  g_clear_pointer (&self->form, g_hash_table_unref);
  g_clear_pointer (&self->raw_form, g_free);
  g_clear_pointer (&self->body, json_object_unref);
  g_clear_pointer (&self->caller, rounds_user_unref);
  g_clear_pointer (&self->session, g_free);
  g_clear_pointer (&self->meeting, rounds_meeting_unref);
  g_clear_pointer (&self->appointment, rounds_appointment_unref);
  g_clear_pointer (&self->audit.record_id, g_free);
  g_clear_pointer (&self->audit.user_id, g_free);
  g_clear_pointer (&self->audit.role, g_free);
  g_clear_pointer (&self->audit.detail, json_object_unref);
  g_clear_pointer (&self->user_agent, g_free);
}

const RoundsServerContext *
rounds_request_get_context (RoundsRequest *self)
{
  return self->context;
}

const char *
rounds_request_get_user_agent (RoundsRequest *self)
{
  if (self->user_agent == NULL && self->raw_user_agent != NULL)
    {
      g_autofree char *valid = g_utf8_make_valid (self->raw_user_agent, -1);
      self->user_agent
          = g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), MAX_USER_AGENT));
    }
  return self->user_agent;
}

const char *
rounds_request_get_param (RoundsRequest *self, const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  const char *value = self->match != NULL ? rounds_match_get_param (self->match, name) : NULL;
  g_return_val_if_fail (value != NULL, "");
  return value;
}

const char *
rounds_request_get_query (RoundsRequest *self, const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  if (self->query == NULL)
    self->query = parse_query (self->raw_query);
  return g_hash_table_lookup (self->query, name);
}

gboolean
rounds_request_get_time (RoundsRequest *self, const char *name, gint64 *moment)
{
  const char *text = rounds_request_get_query (self, name);
  const char *space = text != NULL ? strchr (text, ' ') : NULL;
  g_autofree char *mended = NULL;

  g_return_val_if_fail (moment != NULL, FALSE);

  if (text == NULL || rounds_time_from_rfc3339 (text, moment))
    return TRUE;
  if (space == NULL)
    return FALSE;
  /* "+01:00" that nobody has percent-encoded arrives with a space: no time has one there. */
  mended = g_strdup (text);
  mended[space - text] = '+';
  return rounds_time_from_rfc3339 (mended, moment);
}

void
rounds_request_read_time (RoundsRequest *self, const char *name, gint64 *moment,
                          RoundsProblems *problems)
{
  g_return_if_fail (problems != NULL);

  if (!rounds_request_get_time (self, name, moment))
    rounds_problems_add (problems, name, "Has to be a time such as 2024-01-15T14:00:00Z");
}

const char *
rounds_request_get_form (RoundsRequest *self, const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  if (self->form == NULL)
    self->form = parse_query (self->raw_form);
  return g_hash_table_lookup (self->form, name);
}

JsonObject *
rounds_request_get_body (RoundsRequest *self)
{
  return self->body;
}

RoundsUser *
rounds_request_get_caller (RoundsRequest *self)
{
  return self->caller;
}

const char *
rounds_request_get_session (RoundsRequest *self)
{
  return self->session;
}

const char *
rounds_request_get_address (RoundsRequest *self)
{
  return self->address;
}

RoundsDb *
rounds_request_get_db (RoundsRequest *self)
{
  return self->db;
}

gint64
rounds_request_get_now (RoundsRequest *self)
{
  return self->now;
}

gboolean
rounds_request_find_user (RoundsRequest *self, const char *id, RoundsUser **user, GError **error)
{
  g_return_val_if_fail (self != NULL && id != NULL, FALSE);
  g_return_val_if_fail (user != NULL && *user == NULL, FALSE);

  /* A transaction sees what it has written itself, and memory does not. */
  RoundsRecall *recall = self->writing ? NULL : self->context->recall;
  if (recall != NULL)
    *user = rounds_recall_user (recall, self->span, id);
  if (*user != NULL)
    return TRUE;
  if (!rounds_user_repository_find (self->db, id, user, error))
    return FALSE;
  if (recall != NULL && *user != NULL)
    rounds_recall_keep_user (recall, self->span, *user);
  return TRUE;
}

RoundsMeeting *
rounds_request_recall_meeting (RoundsRequest *self)
{
  return self->meeting != NULL ? rounds_meeting_ref (self->meeting) : NULL;
}

void
rounds_request_keep_meeting (RoundsRequest *self, RoundsMeeting *meeting)
{
  if (self->context->recall != NULL && self->meeting == NULL)
    rounds_recall_keep_meeting (self->context->recall, self->span, meeting);
}

RoundsAppointment *
rounds_request_recall_appointment (RoundsRequest *self)
{
  return self->appointment != NULL ? rounds_appointment_ref (self->appointment) : NULL;
}

void
rounds_request_keep_appointment (RoundsRequest *self, RoundsAppointment *appointment)
{
  if (self->context->recall != NULL && self->appointment == NULL)
    rounds_recall_keep_appointment (self->context->recall, self->span, appointment);
}

const RoundsServerConfig *
rounds_request_get_config (RoundsRequest *self)
{
  return self->context->config;
}
