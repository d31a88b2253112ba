/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The answers of /api/hospitals: listed, shown, founded, changed.
 * Rules are in model, SQL in the repository.
 */

#include "config.h"

#include "rounds-hospital-handlers.h"

#include "rounds-access.h"
#include "rounds-hospital-repository.h"
#include "rounds-id.h"
#include "rounds-idempotency.h"
#include "rounds-page.h"
#include "rounds-precondition.h"
#include "rounds-wire.h"
#include "rounds-write.h"

static RoundsResponse *
answer (guint http_status, const RoundsHospital *hospital)
{
  JsonObject *data = json_object_new ();
  RoundsResponse *response = NULL;

  json_object_set_object_member (data, "hospital", rounds_wire_hospital_to_json (hospital));
  response = rounds_response_success (http_status, data);
  rounds_response_set_version (response, hospital->version);
  return response;
}

static RoundsHospital *
find (RoundsRequest *request, const char *id, RoundsResponse **refusal)
{
  g_autoptr (RoundsHospital) hospital = NULL;
  g_autoptr (GError) error = NULL;

  if (rounds_id_is_valid (id)
      && !rounds_hospital_repository_find (rounds_request_get_db (request), id, &hospital, &error))
    *refusal = rounds_response_from_error (error);
  else if (hospital == NULL)
    *refusal = rounds_response_not_found ("hospital");
  return g_steal_pointer (&hospital);
}

RoundsResponse *
rounds_hospital_handlers_list (RoundsRequest *request)
{
  RoundsPage page = ROUNDS_PAGE_ALL;
  g_autoptr (GPtrArray) hospitals = NULL;
  g_autoptr (JsonArray) array = json_array_new ();
  g_autoptr (JsonObject) data = json_object_new ();
  g_autoptr (GError) error = NULL;
  RoundsResponse *refusal = rounds_page_read (request, &page);

  if (refusal != NULL)
    return refusal;
  hospitals = rounds_hospital_repository_list_page (rounds_request_get_db (request), &page, &error);
  if (hospitals == NULL)
    return rounds_response_from_error (error);

  for (guint i = 0; i < hospitals->len && (page.limit == 0 || i < page.limit); i++)
    json_array_add_object_element (array,
                                   rounds_wire_hospital_to_json (g_ptr_array_index (hospitals, i)));
  if (page.limit > 0 && hospitals->len > page.limit)
    {
      const RoundsHospital *last = g_ptr_array_index (hospitals, page.limit - 1);
      g_autofree char *next = rounds_page_write_cursor (0, last->id);

      json_object_set_string_member (data, "nextCursor", next);
    }
  json_object_set_array_member (data, "hospitals", g_steal_pointer (&array));
  return rounds_response_success (200, g_steal_pointer (&data));
}

RoundsResponse *
rounds_hospital_handlers_show (RoundsRequest *request)
{
  RoundsResponse *refusal = NULL;
  g_autoptr (RoundsHospital) hospital
      = find (request, rounds_request_get_param (request, "id"), &refusal);

  return hospital != NULL ? answer (200, hospital) : refusal;
}

/* Puts the body over @hospital. NULL, or a 400. */
static RoundsResponse *
read_body (RoundsRequest *request, RoundsHospital *hospital)
{
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();

  rounds_wire_hospital_apply (rounds_request_get_body (request), hospital, problems);
  /* What has the wrong type is not also called missing. */
  if (rounds_problems_get_length (problems) == 0)
    rounds_hospital_check (hospital, problems);
  return rounds_response_any_problems (400, problems);
}

static RoundsResponse *
answer_repeated (RoundsRequest *request)
{
  RoundsResponse *refusal = NULL;
  g_autofree char *made = NULL;
  g_autoptr (RoundsHospital) hospital = NULL;

  if (!rounds_idempotency_find (request, &made, &refusal) || made == NULL)
    return refusal;
  hospital = find (request, made, &refusal);
  return hospital != NULL ? answer (201, hospital) : refusal;
}

/* Undone when the key has made its hospital already. */
static RoundsWrite
write_new (RoundsRequest *request, gpointer hospital, GError **error)
{
  gboolean claimed = FALSE;

  if (!rounds_idempotency_claim (request, ((RoundsHospital *)hospital)->id, &claimed, error))
    return ROUNDS_WRITE_FAILED;
  if (!claimed)
    return ROUNDS_WRITE_UNDO;
  return rounds_hospital_repository_insert (rounds_request_get_db (request), hospital,
                                            rounds_request_get_now (request), error)
             ? ROUNDS_WRITE_KEEP
             : ROUNDS_WRITE_FAILED;
}

RoundsResponse *
rounds_hospital_handlers_create (RoundsRequest *request)
{
  g_autoptr (RoundsHospital) hospital = rounds_hospital_new ();
  g_autoptr (GError) error = NULL;
  RoundsResponse *refusal = answer_repeated (request);

  /* A body that says nothing about the doors gets the hours that most hospitals have. */
  g_array_unref (hospital->openings);
  hospital->openings = rounds_openings_new_default ();
  hospital->id = rounds_id_new ();
  hospital->version = 1;
  if (refusal == NULL)
    refusal = read_body (request, hospital);
  if (refusal != NULL)
    return refusal;

  switch (rounds_request_write (request, write_new, hospital, &error))
    {
    case ROUNDS_WRITE_KEEP:
      return answer (201, hospital);
    case ROUNDS_WRITE_UNDO:
      return answer_repeated (request);
    case ROUNDS_WRITE_FAILED:
    default:
      return rounds_response_from_error (error);
    }
}

/* Undone when somebody else's change came first. */
static RoundsWrite
write_edited (RoundsRequest *request, gpointer hospital, GError **error)
{
  gboolean stored = FALSE;

  if (!rounds_hospital_repository_update (rounds_request_get_db (request), hospital,
                                          rounds_request_get_now (request), &stored, error))
    return ROUNDS_WRITE_FAILED;
  return stored ? ROUNDS_WRITE_KEEP : ROUNDS_WRITE_UNDO;
}

static RoundsResponse *
check_rights (RoundsRequest *request, const RoundsHospital *before, const RoundsHospital *after)
{
  const RoundsUser *caller = rounds_request_get_caller (request);

  if (!rounds_access_may_edit_hospital (caller, before->id))
    return rounds_response_forbidden ("You may not change this hospital");
  if ((g_strcmp0 (before->name, after->name) != 0
       || g_strcmp0 (before->timezone, after->timezone) != 0)
      && !rounds_access_may_found_hospital (caller))
    return rounds_response_forbidden ("Only admins may change a hospital's name and time zone");
  return NULL;
}

/* The hospital of the request as its If-Match wants it. */
static RoundsHospital *
find_to_change (RoundsRequest *request, RoundsResponse **refusal)
{
  g_autoptr (RoundsHospital) hospital
      = find (request, rounds_request_get_param (request, "id"), refusal);
  gboolean failed = FALSE;

  if (hospital == NULL)
    return NULL;
  *refusal = rounds_precondition_check (request, hospital->version, &failed);
  if (failed)
    *refusal = rounds_precondition_refuse ("hospital", rounds_wire_hospital_to_json (hospital),
                                           hospital->version);
  return *refusal == NULL ? g_steal_pointer (&hospital) : NULL;
}

static RoundsResponse *
try_edit (RoundsRequest *request, gpointer unused)
{
  RoundsResponse *refusal = NULL;
  g_autoptr (RoundsHospital) before = find_to_change (request, &refusal);
  g_autoptr (RoundsHospital) after = NULL;
  g_autoptr (GError) error = NULL;

  if (before == NULL)
    return refusal;
  after = rounds_hospital_copy (before);
  after->version = before->version + 1;
  /* Security: who may change nothing here is told so, whatever the body is worth. */
  refusal = check_rights (request, before, before);
  if (refusal == NULL)
    refusal = read_body (request, after);
  if (refusal == NULL)
    refusal = check_rights (request, before, after);
  if (refusal != NULL)
    return refusal;

  switch (rounds_request_write (request, write_edited, after, &error))
    {
    case ROUNDS_WRITE_KEEP:
      return answer (200, after);
    case ROUNDS_WRITE_UNDO:
      return NULL;
    case ROUNDS_WRITE_FAILED:
    default:
      return rounds_response_from_error (error);
    }
}

RoundsResponse *
rounds_hospital_handlers_edit (RoundsRequest *request)
{
  return rounds_request_try_often (request, "hospital", try_edit, NULL);
}
