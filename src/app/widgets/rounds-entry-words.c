/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What a row or page says about an appointment or meeting, for the person who looks at it.
 * It knows no widget; times are in rounds-time-words.h.
 */

#include "config.h"

#include "rounds-entry-words.h"

#include <glib/gi18n.h>

#include "rounds-status-look.h"
#include "rounds-time-words.h"

/* How many names a line of participants spells out. */
#define MAX_NAMES 2

static const char *
find_name (RoundsStore *store, const char *user_id)
{
  RoundsUser *user = user_id != NULL ? rounds_store_lookup_user (store, user_id) : NULL;

  return user != NULL ? user->name : NULL;
}

static gboolean
is_own_appointment (RoundsAppointment *appointment, RoundsUser *viewer)
{
  return viewer->role == ROUNDS_ROLE_PATIENT
         && g_strcmp0 (appointment->patient_id, viewer->id) == 0;
}

/* Appends @part to @line with a middle dot between, when there is anything in it. */
static void
append_part (GString *line, const char *part)
{
  if (part == NULL || *part == '\0')
    return;
  if (line->len > 0)
    g_string_append (line, " · ");
  g_string_append (line, part);
}

/**
 * rounds_entry_words_title:
 * Returns: (transfer full): who or what @entry is about, seen by @viewer.
 */
char *
rounds_entry_words_title (RoundsEntry *entry, RoundsUser *viewer, RoundsStore *store)
{
  RoundsAppointment *appointment = rounds_entry_get_appointment (entry);

  if (appointment != NULL && is_own_appointment (appointment, viewer))
    {
      const char *doctor = find_name (store, appointment->doctor_id);

      return g_strdup (doctor != NULL ? doctor : appointment->department);
    }
  return g_strdup (rounds_entry_get_title (entry));
}

/**
 * rounds_entry_words_people:
 * Returns: (transfer full): the others who take part, as one line.
 */
char *
rounds_entry_words_people (RoundsMeeting *meeting, RoundsUser *viewer, RoundsStore *store)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *line = NULL;
  guint n_others = 0;
  guint n_more;

  for (guint i = 0; meeting->participants[i] != NULL; i++)
    {
      const char *name;

      if (g_strcmp0 (meeting->participants[i], viewer->id) == 0)
        continue;
      n_others++;
      name = find_name (store, meeting->participants[i]);
      if (name != NULL && names->len < MAX_NAMES)
        g_ptr_array_add (names, (gpointer)name);
    }

  if (names->len == 0)
    return g_strdup_printf (ngettext ("%u other person", "%u other people", n_others), n_others);

  n_more = n_others - names->len;
  g_ptr_array_add (names, NULL);
  /* Translators: what stands between two names. */
  line = g_strjoinv (C_ ("between names", ", "), (char **)names->pdata);
  if (n_more == 0)
    return g_steal_pointer (&line);
  /* Translators: names, then how many more people: "Ana Silva, Jonas Weber and 3 more". */
  return g_strdup_printf (ngettext ("%s and %u more", "%s and %u more", n_more), line, n_more);
}

/**
 * rounds_entry_words_subtitle:
 * Returns: (transfer full): the second line of a row.
 */
char *
rounds_entry_words_subtitle (RoundsEntry *entry, RoundsUser *viewer, RoundsStore *store)
{
  RoundsAppointment *appointment = rounds_entry_get_appointment (entry);
  g_autoptr (GString) line = g_string_new (NULL);

  if (appointment == NULL)
    return rounds_entry_words_people (rounds_entry_get_meeting (entry), viewer, store);

  append_part (line, appointment->reason);
  if (viewer->role != ROUNDS_ROLE_DOCTOR && !is_own_appointment (appointment, viewer))
    append_part (line, find_name (store, appointment->doctor_id));
  if (line->len == 0)
    append_part (line, appointment->department);
  return g_string_free (g_steal_pointer (&line), FALSE);
}

/**
 * rounds_entry_words_kind:
 * Returns: the kind of @entry in words; static.
 */
const char *
rounds_entry_words_kind (RoundsEntry *entry)
{
  RoundsAppointment *appointment = rounds_entry_get_appointment (entry);

  if (appointment != NULL)
    return appointment->type == ROUNDS_APPOINTMENT_VIRTUAL ? _ ("Virtual appointment")
                                                           : _ ("Appointment in person");

  switch (rounds_entry_get_meeting (entry)->type)
    {
    case ROUNDS_MEETING_AUDIO:
      return _ ("Audio meeting");
    case ROUNDS_MEETING_CHAT:
      return _ ("Chat meeting");
    case ROUNDS_MEETING_VIDEO:
    default:
      return _ ("Video meeting");
    }
}

/**
 * rounds_entry_words_icon:
 * Returns: the name of the icon for the kind of @entry; static.
 */
const char *
rounds_entry_words_icon (RoundsEntry *entry)
{
  RoundsAppointment *appointment = rounds_entry_get_appointment (entry);

  if (appointment == NULL)
    return "system-users-symbolic";
  return appointment->type == ROUNDS_APPOINTMENT_VIRTUAL ? "rounds-video-symbolic"
                                                         : "mark-location-symbolic";
}

/**
 * rounds_entry_words_delivery:
 * Returns: (nullable): what the server does not know of @entry, in words; static.
 */
const char *
rounds_entry_words_delivery (RoundsEntry *entry)
{
  switch (rounds_entry_get_delivery (entry))
    {
    case ROUNDS_DELIVERY_UNSENT:
      return _ ("Not sent yet");
    case ROUNDS_DELIVERY_REFUSED:
      return _ ("Not accepted");
    case ROUNDS_DELIVERY_IN_CONFLICT:
      return _ ("Changed by somebody else too");
    case ROUNDS_DELIVERY_DONE:
    default:
      return NULL;
    }
}

/**
 * rounds_entry_words_delivery_icon:
 * Returns: (nullable): the name of the icon for it; static.
 */
const char *
rounds_entry_words_delivery_icon (RoundsEntry *entry)
{
  switch (rounds_entry_get_delivery (entry))
    {
    case ROUNDS_DELIVERY_UNSENT:
      return "content-loading-symbolic";
    case ROUNDS_DELIVERY_REFUSED:
    case ROUNDS_DELIVERY_IN_CONFLICT:
      return "dialog-warning-symbolic";
    case ROUNDS_DELIVERY_DONE:
    default:
      return NULL;
    }
}

/**
 * rounds_entry_words_spoken:
 * Returns: (transfer full): all that a row shows, as a screen reader says it.
 */
char *
rounds_entry_words_spoken (RoundsEntry *entry, RoundsUser *viewer, RoundsStore *store)
{
  g_autofree char *title = rounds_entry_words_title (entry, viewer, store);
  g_autofree char *span = rounds_time_words_span (rounds_entry_get_range (entry), NULL);
  const char *status = rounds_status_look_of_entry (entry).word;
  const char *kind = rounds_entry_words_kind (entry);
  const char *delivery = rounds_entry_words_delivery (entry);

  if (delivery != NULL)
    /* Translators: a row for a screen reader: time, who, kind, status, "Not sent yet". */
    return g_strdup_printf (C_ ("spoken row", "%s, %s, %s, %s, %s"), span, title, kind, status,
                            delivery);
  /* Translators: a row for a screen reader: time, who, kind, status. */
  return g_strdup_printf (C_ ("spoken row", "%s, %s, %s, %s"), span, title, kind, status);
}

/**
 * rounds_role_word:
 * Returns: what a person with @role is called; static.
 */
const char *
rounds_role_word (RoundsRole role)
{
  switch (role)
    {
    case ROUNDS_ROLE_PATIENT:
      return C_ ("role", "Patient");
    case ROUNDS_ROLE_DOCTOR:
      return C_ ("role", "Doctor");
    case ROUNDS_ROLE_HOSPITAL:
      return C_ ("role", "Hospital staff");
    case ROUNDS_ROLE_ADMIN:
    default:
      return C_ ("role", "Administrator");
    }
}

/**
 * rounds_role_context_words:
 * Returns: between whom a meeting of @context is; static.
 */
const char *
rounds_role_context_words (RoundsRoleContext context)
{
  switch (context)
    {
    case ROUNDS_ROLE_CONTEXT_PATIENT_DOCTOR:
      return _ ("Patient–doctor meeting");
    case ROUNDS_ROLE_CONTEXT_PATIENT_HOSPITAL:
      return _ ("Patient–hospital meeting");
    case ROUNDS_ROLE_CONTEXT_DOCTOR_DOCTOR:
      return _ ("Meeting among doctors");
    case ROUNDS_ROLE_CONTEXT_DOCTOR_HOSPITAL:
      return _ ("Doctor–hospital meeting");
    case ROUNDS_ROLE_CONTEXT_DOCTOR_ADMIN:
      return _ ("Doctor–administrator meeting");
    case ROUNDS_ROLE_CONTEXT_HOSPITAL_HOSPITAL:
      return _ ("Meeting among hospital staff");
    case ROUNDS_ROLE_CONTEXT_HOSPITAL_ADMIN:
    default:
      return _ ("Hospital–administrator meeting");
    }
}

/**
 * rounds_no_show_cause_words:
 * Returns: (nullable): why a visit did not take place; static.
 */
const char *
rounds_no_show_cause_words (RoundsNoShowCause cause)
{
  switch (cause)
    {
    case ROUNDS_CAUSE_PATIENT:
      return _ ("The patient didn’t come in time");
    case ROUNDS_CAUSE_STAFF:
      return _ ("The doctor or staff didn’t come in time");
    case ROUNDS_CAUSE_TECHNICAL:
      return _ ("They couldn’t reach each other in the call");
    case ROUNDS_CAUSE_NONE:
    default:
      return NULL;
    }
}
