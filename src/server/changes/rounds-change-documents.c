/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A change of the feed as its reader gets it: the record as it is now, or that it is gone.
 * The documents are those of the other calls.
 */

#include "config.h"

#include "rounds-change-documents.h"

#include "rounds-access.h"
#include "rounds-appointment-repository.h"
#include "rounds-hospital-repository.h"
#include "rounds-links.h"
#include "rounds-meeting-repository.h"
#include "rounds-user-handlers.h"
#include "rounds-user-repository.h"
#include "rounds-wire.h"

/* Each of these sets @document, or leaves it NULL for what is not there or not visible. */

static gboolean
write_appointment (RoundsRequest *request, const char *id, JsonObject **document, GError **error)
{
  const RoundsUser *caller = rounds_request_get_caller (request);
  g_autoptr (RoundsAppointment) appointment = NULL;
  g_autofree char *link = NULL;

  if (!rounds_appointment_repository_find (rounds_request_get_db (request), id, &appointment,
                                           error))
    return FALSE;
  if (appointment == NULL || !rounds_access_appointment_is_visible (caller, appointment))
    return TRUE;
  if (!rounds_links_for_appointment (rounds_request_get_config (request), caller,
                                     rounds_request_get_now (request), appointment, &link, error))
    return FALSE;
  *document = rounds_wire_appointment_to_json (appointment, link);
  return TRUE;
}

static gboolean
write_meeting (RoundsRequest *request, const char *id, JsonObject **document, GError **error)
{
  const RoundsUser *caller = rounds_request_get_caller (request);
  g_autoptr (RoundsMeeting) meeting = NULL;
  g_autofree char *link = NULL;

  if (!rounds_meeting_repository_find (rounds_request_get_db (request), id, &meeting, error))
    return FALSE;
  if (meeting == NULL || !rounds_access_meeting_is_visible (caller, meeting))
    return TRUE;
  if (!rounds_links_for_meeting (rounds_request_get_config (request), caller,
                                 rounds_request_get_now (request), meeting, &link, error))
    return FALSE;
  *document = rounds_wire_meeting_to_json (meeting, link);
  return TRUE;
}

static gboolean
write_user (RoundsRequest *request, const char *id, JsonObject **document, GError **error)
{
  const RoundsUser *caller = rounds_request_get_caller (request);
  g_autoptr (RoundsUser) user = NULL;

  if (!rounds_user_repository_find (rounds_request_get_db (request), id, &user, error))
    return FALSE;
  if (user == NULL || !rounds_access_user_is_visible (caller, user))
    return TRUE;
  g_autoptr (RoundsUser) seen = rounds_user_handlers_hide_details (caller, user);
  *document = rounds_wire_user_to_json (seen);
  return TRUE;
}

static gboolean
write_hospital (RoundsRequest *request, const char *id, JsonObject **document, GError **error)
{
  g_autoptr (RoundsHospital) hospital = NULL;

  if (!rounds_hospital_repository_find (rounds_request_get_db (request), id, &hospital, error))
    return FALSE;
  if (hospital != NULL)
    *document = rounds_wire_hospital_to_json (hospital);
  return TRUE;
}

static gboolean
write_record (RoundsRequest *request, const RoundsChange *change, JsonObject **document,
              GError **error)
{
  switch (change->kind)
    {
    case ROUNDS_CHANGE_APPOINTMENT:
      return write_appointment (request, change->id, document, error);
    case ROUNDS_CHANGE_MEETING:
      return write_meeting (request, change->id, document, error);
    case ROUNDS_CHANGE_USER:
      return write_user (request, change->id, document, error);
    case ROUNDS_CHANGE_HOSPITAL:
      return write_hospital (request, change->id, document, error);
    case ROUNDS_CHANGE_ACCESS:
    default:
      g_assert_not_reached ();
    }
}

JsonObject *
rounds_change_document (RoundsRequest *request, const RoundsChange *change, gboolean *removed,
                        GError **error)
{
  g_return_val_if_fail (request != NULL && change != NULL && removed != NULL, NULL);

  const char *kind = rounds_change_kind_to_string (change->kind);
  JsonObject *document = NULL;

  if (!write_record (request, change, &document, error))
    return NULL;
  *removed = document == NULL;
  JsonObject *object = json_object_new ();
  json_object_set_string_member (object, "kind", kind);
  json_object_set_string_member (object, "id", change->id);
  if (document != NULL)
    json_object_set_object_member (object, kind, document);
  else
    json_object_set_boolean_member (object, "removed", TRUE);
  return object;
}
