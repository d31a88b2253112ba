/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * JSend envelopes, written and opened, and the body of a change of status.
 * HTTP statuses are the business of server and net.
 */

#include "config.h"

#include "rounds-wire.h"

#include "rounds-wire-private.h"

/* A server that means harm gets no list without end into a dialog. */
#define MAX_PROBLEMS 100

JsonObject *
rounds_wire_status_change_to_json (const char *status, const char *notes)
{
  JsonObject *object = NULL;

  g_return_val_if_fail (status != NULL, NULL);

  object = json_object_new ();
  json_object_set_string_member (object, "status", status);
  rounds_wire_write_text (object, "notes", notes);
  return object;
}

gboolean
rounds_wire_status_change_from_json (JsonObject *object, const char **status, const char **notes,
                                     RoundsProblems *problems)
{
  RoundsJsonReader reader = { object, "", problems };
  guint before = 0;

  g_return_val_if_fail (object != NULL && problems != NULL, FALSE);
  g_return_val_if_fail (status != NULL && notes != NULL, FALSE);

  before = rounds_problems_get_length (problems);
  *status = NULL;
  *notes = NULL;
  rounds_json_read_string (&reader, "status", TRUE, status);
  rounds_json_read_text (&reader, "notes", FALSE, ROUNDS_MAX_NOTES, notes);
  return rounds_problems_get_length (problems) == before;
}

JsonObject *
rounds_wire_success (JsonObject *data)
{
  JsonObject *envelope = json_object_new ();

  json_object_set_string_member (envelope, "status", "success");
  /* JSend: the member is there, and null when there is nothing to say. */
  if (data != NULL)
    json_object_set_object_member (envelope, "data", data);
  else
    json_object_set_null_member (envelope, "data");
  return envelope;
}

JsonObject *
rounds_wire_fail (const char *code, const char *message, const RoundsProblems *problems)
{
  guint n_problems = problems != NULL ? rounds_problems_get_length (problems) : 0;
  JsonObject *envelope = NULL;
  JsonArray *errors = NULL;

  g_return_val_if_fail (code != NULL && message != NULL, NULL);

  envelope = json_object_new ();
  json_object_set_string_member (envelope, "status", "fail");
  json_object_set_string_member (envelope, "code", code);
  json_object_set_string_member (envelope, "message", message);
  if (n_problems == 0)
    return envelope;
  errors = json_array_new ();
  for (guint i = 0; i < n_problems; i++)
    {
      const RoundsProblem *problem = rounds_problems_get (problems, i);
      JsonObject *error = json_object_new ();

      json_object_set_string_member (error, "field", problem->field);
      json_object_set_string_member (error, "message", problem->message);
      json_array_add_object_element (errors, error);
    }
  json_object_set_array_member (envelope, "errors", errors);
  return envelope;
}

JsonObject *
rounds_wire_error (const char *message)
{
  JsonObject *envelope = NULL;

  g_return_val_if_fail (message != NULL, NULL);

  envelope = json_object_new ();
  json_object_set_string_member (envelope, "status", "error");
  json_object_set_string_member (envelope, "message", message);
  return envelope;
}

static void
add_problem (RoundsWireAnswer *self, const char *field, const char *message)
{
  if (message != NULL && rounds_problems_get_length (self->problems) < MAX_PROBLEMS)
    rounds_problems_add (self->problems, field != NULL ? field : "", "%s", message);
}

/* Our `errors`. What is odd in them is passed over: the answer is a refusal all the same. */
static void
read_errors (RoundsWireAnswer *self, JsonObject *envelope)
{
  JsonNode *node = json_object_get_member (envelope, "errors");
  JsonArray *errors
      = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint length = errors != NULL ? json_array_get_length (errors) : 0;

  for (guint i = 0; i < length; i++)
    {
      JsonNode *element = json_array_get_element (errors, i);

      if (JSON_NODE_HOLDS_OBJECT (element))
        {
          JsonObject *error = json_node_get_object (element);

          add_problem (self, rounds_json_peek_text (error, "field"),
                       rounds_json_peek_text (error, "message"));
        }
    }
}

/* JSend's own form of a refusal, from servers that know only the guide: data {field: message}. */
static void
read_fail_data (RoundsWireAnswer *self, JsonObject *envelope)
{
  JsonObject *data = rounds_json_peek_object (envelope, "data");
  g_autoptr (GList) members = data != NULL ? json_object_get_members (data) : NULL;

  for (GList *l = members; l != NULL; l = l->next)
    {
      const char *member = l->data;

      if (self->message == NULL && g_str_equal (member, "message"))
        self->message = g_strdup (rounds_json_peek_text (data, member));
      else
        add_problem (self, member, rounds_json_peek_text (data, member));
    }
}

RoundsWireAnswer *
rounds_wire_answer_parse (const char *text, gssize length, GError **error)
{
  g_autoptr (RoundsWireAnswer) self = NULL;
  g_autoptr (JsonObject) envelope = NULL;
  const char *status = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  envelope = rounds_json_parse_object (text, length, error);
  if (envelope == NULL)
    return NULL;
  status = rounds_json_peek_text (envelope, "status");
  if (g_strcmp0 (status, "success") != 0 && g_strcmp0 (status, "fail") != 0
      && g_strcmp0 (status, "error") != 0)
    {
      g_set_error_literal (error, ROUNDS_JSON_ERROR, ROUNDS_JSON_ERROR_SYNTAX,
                           "The answer has no status of success, fail or error");
      return NULL;
    }

  self = g_new0 (RoundsWireAnswer, 1);
  self->problems = rounds_problems_new ();
  self->success = g_str_equal (status, "success");
  if (self->success)
    {
      JsonObject *data = rounds_json_peek_object (envelope, "data");

      self->data = data != NULL ? json_object_ref (data) : json_object_new ();
      return g_steal_pointer (&self);
    }
  self->code = g_strdup (rounds_json_peek_text (envelope, "code"));
  self->message = g_strdup (rounds_json_peek_text (envelope, "message"));
  read_errors (self, envelope);
  read_fail_data (self, envelope);
  return g_steal_pointer (&self);
}

void
rounds_wire_answer_free (RoundsWireAnswer *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->data, json_object_unref);
  g_free (self->code);
  g_free (self->message);
  g_clear_pointer (&self->problems, rounds_problems_free);
  g_free (self);
}
