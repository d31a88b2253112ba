/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * JSend answers: the body is made when the answer is, so that a worker does the work.
 * It does not send; rounds-server.c does.
 */

#include "config.h"

#include "rounds-response-private.h"

#include "rounds-db.h"
#include "rounds-json.h"
#include "rounds-later.h"
#include "rounds-shared-body.h"
#include "rounds-wire.h"

#include <string.h>

#define RETRY_SECONDS "2"
#define JSON_TYPE "application/json; charset=utf-8"

static RoundsResponse *
new_response (guint http_status, JsonObject *envelope)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), envelope);
  RoundsResponse *self = rounds_response_new_empty (http_status);
  self->body = rounds_json_to_text (node);
  rounds_response_add_fixed_header (self, "Content-Type", JSON_TYPE);
  return self;
}

RoundsResponse *
rounds_response_new_empty (guint http_status)
{
  RoundsResponse *self = g_new0 (RoundsResponse, 1);
  self->http_status = http_status;
  return self;
}

RoundsResponse *
rounds_response_plain (guint http_status, JsonObject *body)
{
  g_return_val_if_fail (body != NULL, NULL);

  return new_response (http_status, body);
}

RoundsResponse *
rounds_response_success (guint http_status, JsonObject *data)
{
  g_return_val_if_fail (http_status >= 200 && http_status < 300, NULL);

  g_autoptr (JsonObject) envelope = rounds_wire_success (data);
  return new_response (http_status, envelope);
}

void
rounds_response_begin (RoundsJsonWriter *writer)
{
  g_return_if_fail (writer != NULL && writer->text == NULL);

  writer->text = g_string_sized_new (2048);
  rounds_json_begin_object (writer, NULL);
  rounds_json_write_text (writer, "status", "success");
  rounds_json_begin_object (writer, "data");
}

RoundsResponse *
rounds_response_finish (guint http_status, RoundsJsonWriter *writer)
{
  g_return_val_if_fail (http_status >= 200 && http_status < 300, NULL);
  g_return_val_if_fail (writer != NULL && writer->text != NULL, NULL);

  RoundsResponse *self = rounds_response_new_empty (http_status);
  rounds_json_end_object (writer);
  rounds_json_end_object (writer);
  self->body = g_string_free_and_steal (g_steal_pointer (&writer->text));
  rounds_response_add_fixed_header (self, "Content-Type", JSON_TYPE);
  return self;
}

RoundsResponse *
rounds_response_shared (RoundsSharedBody *body)
{
  g_return_val_if_fail (body != NULL, NULL);

  RoundsResponse *self = rounds_response_new_empty (200);
  self->shared = rounds_shared_body_ref (body);
  rounds_response_add_fixed_header (self, "Content-Type", JSON_TYPE);
  return self;
}

RoundsSharedBody *
rounds_response_share (RoundsResponse *self)
{
  g_return_val_if_fail (self != NULL && self->body != NULL && self->shared == NULL, NULL);

  self->shared = rounds_shared_body_new (g_steal_pointer (&self->body));
  return self->shared;
}

RoundsResponse *
rounds_response_fail (guint http_status, const char *code, const char *message,
                      const RoundsProblems *problems)
{
  g_return_val_if_fail (http_status >= 400 && http_status < 500, NULL);
  g_return_val_if_fail (code != NULL && message != NULL, NULL);

  g_autoptr (JsonObject) envelope = rounds_wire_fail (code, message, problems);
  return new_response (http_status, envelope);
}

RoundsResponse *
rounds_response_fail_with_data (guint http_status, const char *code, const char *message,
                                JsonObject *data)
{
  g_return_val_if_fail (http_status >= 400 && http_status < 500, NULL);
  g_return_val_if_fail (code != NULL && message != NULL, NULL);

  g_autoptr (JsonObject) envelope = rounds_wire_fail (code, message, NULL);
  if (data != NULL)
    json_object_set_object_member (envelope, "data", data);
  return new_response (http_status, envelope);
}

RoundsResponse *
rounds_response_problems (guint http_status, const RoundsProblems *problems)
{
  g_return_val_if_fail (problems != NULL && rounds_problems_get_length (problems) > 0, NULL);

  const char *code = http_status == 422 ? "impossible" : "invalid";
  const RoundsProblem *first = rounds_problems_get (problems, 0);
  g_autofree char *message = *first->field != '\0'
                                 ? g_strdup_printf ("%s: %s", first->field, first->message)
                                 : g_strdup (first->message);
  return rounds_response_fail (http_status, code, message, problems);
}

RoundsResponse *
rounds_response_any_problems (guint http_status, const RoundsProblems *problems)
{
  g_return_val_if_fail (problems != NULL, NULL);

  return rounds_problems_get_length (problems) > 0
             ? rounds_response_problems (http_status, problems)
             : NULL;
}

RoundsResponse *
rounds_response_not_found (const char *what)
{
  g_return_val_if_fail (what != NULL, NULL);

  /* Security: one wording for "unknown" and "not yours", so that ids cannot be probed. */
  g_autofree char *message = g_strdup_printf ("There is no such %s, or you may not see it", what);
  return rounds_response_fail (404, "not_found", message, NULL);
}

RoundsResponse *
rounds_response_illegal_step (const char *what, const char *from, const char *to)
{
  g_autofree char *message = NULL;

  g_return_val_if_fail (what != NULL && from != NULL && to != NULL, NULL);

  message = g_str_equal (from, to)
                ? g_strdup_printf ("This %s is %s already", what, to)
                : g_strdup_printf ("This %s is %s and cannot become %s", what, from, to);
  return rounds_response_fail (409, "illegal_transition", message, NULL);
}

RoundsResponse *
rounds_response_forbidden (const char *message)
{
  return rounds_response_fail (403, "forbidden", message, NULL);
}

/* What those who are told can do about it; NULL for what does not pass. */
static const char *
describe_passing (const GError *error)
{
  if (error->domain != ROUNDS_DB_ERROR)
    return NULL;
  switch ((RoundsDbError)error->code)
    {
    case ROUNDS_DB_ERROR_BUSY:
    case ROUNDS_DB_ERROR_OPEN:
      return "The server is busy, or its database is not there just now; try again soon";
    case ROUNDS_DB_ERROR_FULL:
      return "The server's disk is full: nothing can be saved until those who run it make room";
    case ROUNDS_DB_ERROR_READ_ONLY:
      return "The server's database takes nothing just now; those who run it have to look";
    case ROUNDS_DB_ERROR_KEY:
    case ROUNDS_DB_ERROR_DAMAGED:
    case ROUNDS_DB_ERROR_NEWER:
    case ROUNDS_DB_ERROR_CONSTRAINT:
    case ROUNDS_DB_ERROR_SQL:
    default:
      return NULL;
    }
}

RoundsResponse *
rounds_response_from_error (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  /* The message names what failed (a statement, a file), never a value that was bound to it. */
  g_warning ("A request failed: %s %d: %s", g_quark_to_string (error->domain), error->code,
             error->message);
  const char *passing = describe_passing (error);
  if (passing != NULL)
    return rounds_response_unavailable (passing);
  g_autoptr (JsonObject) envelope = rounds_wire_error ("The server failed; its log says why");
  return new_response (500, envelope);
}

RoundsResponse *
rounds_response_unavailable (const char *message)
{
  g_autoptr (JsonObject) envelope = rounds_wire_error (message);
  RoundsResponse *self = new_response (503, envelope);
  rounds_response_add_header (self, "Retry-After", RETRY_SECONDS);
  return self;
}

void
rounds_wait_free (RoundsWait *self)
{
  if (self == NULL)
    return;
  g_free (self->user_id);
  g_strfreev (self->audiences);
  g_free (self);
}

void
rounds_response_set_wait (RoundsResponse *self, RoundsWait *wait)
{
  g_return_if_fail (self != NULL && wait != NULL);

  g_clear_pointer (&self->wait, rounds_wait_free);
  self->wait = wait;
}

void
rounds_response_set_version (RoundsResponse *self, gint64 version)
{
  g_return_if_fail (self != NULL);

  char digits[ROUNDS_JSON_INT_SIZE];
  g_autofree char *tag = g_strconcat ("\"", rounds_json_format_int (version, digits), "\"", NULL);
  rounds_response_add_header (self, "ETag", tag);
}

static void
add_header (RoundsResponse *self, const RoundsHeader *header)
{
  g_assert (self->n_headers < ROUNDS_MAX_HEADERS);
  self->headers[self->n_headers++] = *header;
}

void
rounds_response_add_header (RoundsResponse *self, const char *name, const char *value)
{
  g_return_if_fail (self != NULL && name != NULL && value != NULL);
  /* Security: a line break in a value would start a header, or an answer, of somebody's choice. */
  g_return_if_fail (strpbrk (name, "\r\n:") == NULL && strpbrk (value, "\r\n") == NULL);

  char *own = g_strdup (value);
  add_header (self, &(RoundsHeader){ name, own, own });
}

void
rounds_response_add_fixed_header (RoundsResponse *self, const char *name, const char *value)
{
  g_return_if_fail (self != NULL && name != NULL && value != NULL);

  add_header (self, &(RoundsHeader){ name, value, NULL });
}

guint
rounds_response_get_status (const RoundsResponse *self)
{
  return self->http_status;
}

const char *
rounds_response_get_header (const RoundsResponse *self, const char *name)
{
  for (guint i = 0; i < self->n_headers; i++)
    {
      if (g_ascii_strcasecmp (self->headers[i].name, name) == 0)
        return self->headers[i].value;
    }
  return NULL;
}

void
rounds_response_free (RoundsResponse *self)
{
  if (self == NULL)
    return;
  g_free (self->body);
  g_clear_pointer (&self->shared, rounds_shared_body_unref);
  for (guint i = 0; i < self->n_headers; i++)
    g_free (self->headers[i].own);
  rounds_wait_free (self->wait);
  rounds_event_admission_free (self->admission);
  rounds_later_free (self->later);
  g_free (self);
}
