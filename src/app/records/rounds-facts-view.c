/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The facts of a record in boxed lists: what, where, who, notes.
 * Title, status and buttons are the details page's.
 */

#include "config.h"

#include "rounds-facts-view.h"

#include <glib/gi18n.h>

#include "rounds-entry-words.h"
#include "rounds-fact-row.h"
#include "rounds-person-words.h"
#include "rounds-time-words.h"

struct _RoundsFactsView
{
  AdwBin parent_instance;

  RoundsFactRow *kind_row;
  RoundsFactRow *length_row;
  RoundsFactRow *arrived_row;
  RoundsFactRow *started_row;
  RoundsFactRow *ended_row;
  RoundsFactRow *cause_row;
  RoundsFactRow *reason_row;
  RoundsFactRow *doctor_row;
  RoundsFactRow *department_row;
  RoundsFactRow *hospital_row;
  RoundsFactRow *context_row;
  RoundsFactRow *organizer_row;
  AdwPreferencesGroup *patient_group;
  RoundsFactRow *patient_row;
  RoundsFactRow *age_row;
  RoundsFactRow *gender_row;
  RoundsFactRow *email_row;
  RoundsFactRow *phone_row;
  AdwPreferencesGroup *people_group;
  GtkListBox *people_list;
  AdwPreferencesGroup *notes_group;
  GtkLabel *notes_label;
  gboolean hides_notes;
};

G_DEFINE_FINAL_TYPE (RoundsFactsView, rounds_facts_view, ADW_TYPE_BIN)

static const char *
find_name (RoundsStore *store, const char *user_id)
{
  RoundsUser *user = user_id != NULL ? rounds_store_lookup_user (store, user_id) : NULL;

  return user != NULL ? user->name : NULL;
}

static const RoundsHospital *
find_hospital (RoundsStore *store, const char *hospital_id)
{
  return hospital_id != NULL ? rounds_store_lookup_hospital (store, hospital_id) : NULL;
}

/* When it really was, beside when it was booked for. */
static void
show_moment (RoundsFactRow *row, gint64 moment, gint64 booked)
{
  g_autofree char *words = NULL;

  if (moment != ROUNDS_TIME_NONE)
    words = rounds_time_words_happened (moment, booked);
  rounds_fact_row_set_value (row, words);
}

static void
show_appointment (RoundsFactsView *self, RoundsAppointment *appointment, RoundsStore *store)
{
  const RoundsHospital *hospital = find_hospital (store, appointment->hospital_id);
  const RoundsPatientDetails *patient = &appointment->patient;
  g_autofree char *age = NULL;

  if (patient->age >= 0)
    age = g_strdup_printf ("%d", patient->age);

  show_moment (self->arrived_row, appointment->arrived_at, appointment->starts_at);
  show_moment (self->started_row, appointment->started_at, appointment->starts_at);
  show_moment (self->ended_row, appointment->ended_at, appointment->starts_at);
  rounds_fact_row_set_value (self->cause_row,
                             appointment->status == ROUNDS_APPOINTMENT_NO_SHOW
                                 ? rounds_no_show_cause_words (appointment->no_show_cause)
                                 : NULL);
  rounds_fact_row_set_value (self->reason_row, appointment->reason);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->reason_row), _ ("Reason"));
  rounds_fact_row_set_value (self->doctor_row, appointment->doctor_id == NULL
                                                   ? _ ("Nobody assigned yet")
                                                   : find_name (store, appointment->doctor_id));
  rounds_fact_row_set_value (self->department_row, appointment->department);
  rounds_fact_row_set_value (self->hospital_row, hospital != NULL ? hospital->name : NULL);
  rounds_fact_row_set_value (self->context_row, NULL);
  rounds_fact_row_set_value (self->organizer_row, NULL);
  rounds_fact_row_set_value (self->patient_row, patient->full_name);
  rounds_fact_row_set_value (self->age_row, age);
  rounds_fact_row_set_value (self->gender_row, patient->gender);
  rounds_fact_row_set_ltr_value (self->email_row, patient->email);
  rounds_fact_row_set_ltr_value (self->phone_row, patient->phone);
  gtk_widget_set_visible (GTK_WIDGET (self->patient_group), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->people_group), FALSE);
}

static void
add_person (RoundsFactsView *self, const char *user_id, RoundsStore *store)
{
  RoundsUser *user = rounds_store_lookup_user (store, user_id);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *avatar = adw_avatar_new (
      32, rounds_person_words_skip_title (user != NULL ? user->name : NULL), user != NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 user != NULL ? user->name : _ ("Somebody you can’t see"));
  if (user != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), rounds_role_word (user->role));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), avatar);
  gtk_list_box_append (self->people_list, row);
}

static void
show_meeting (RoundsFactsView *self, RoundsMeeting *meeting, RoundsStore *store)
{
  show_moment (self->arrived_row, ROUNDS_TIME_NONE, meeting->scheduled_at);
  show_moment (self->started_row, meeting->started_at, meeting->scheduled_at);
  show_moment (self->ended_row, meeting->ended_at, meeting->scheduled_at);
  rounds_fact_row_set_value (self->cause_row, NULL);
  rounds_fact_row_set_value (self->reason_row, meeting->description);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->reason_row), _ ("Description"));
  rounds_fact_row_set_value (self->doctor_row, NULL);
  rounds_fact_row_set_value (self->department_row, NULL);
  rounds_fact_row_set_value (self->hospital_row, NULL);
  rounds_fact_row_set_value (self->context_row, rounds_role_context_words (meeting->role_context));
  rounds_fact_row_set_value (self->organizer_row, find_name (store, meeting->created_by));
  gtk_widget_set_visible (GTK_WIDGET (self->patient_group), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->people_group), TRUE);

  gtk_list_box_remove_all (self->people_list);
  for (guint i = 0; meeting->participants[i] != NULL; i++)
    add_person (self, meeting->participants[i], store);
}

static void
rounds_facts_view_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_FACTS_VIEW);

  G_OBJECT_CLASS (rounds_facts_view_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, RoundsFactsView, kind_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsFactsView, length_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsFactsView, arrived_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsFactsView, started_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsFactsView, ended_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsFactsView, cause_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsFactsView, reason_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsFactsView, doctor_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsFactsView, department_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsFactsView, hospital_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsFactsView, context_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsFactsView, organizer_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsFactsView, patient_group);
  gtk_widget_class_bind_template_child (widget_class, RoundsFactsView, patient_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsFactsView, age_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsFactsView, gender_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsFactsView, email_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsFactsView, phone_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsFactsView, people_group);
  gtk_widget_class_bind_template_child (widget_class, RoundsFactsView, people_list);
  gtk_widget_class_bind_template_child (widget_class, RoundsFactsView, notes_group);
  gtk_widget_class_bind_template_child (widget_class, RoundsFactsView, notes_label);
}

static void
rounds_facts_view_class_init (RoundsFactsViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rounds_facts_view_dispose;

  g_type_ensure (ROUNDS_TYPE_FACT_ROW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/rounds_app/Rounds/records/rounds-facts-view.ui");
  bind_children (widget_class);
}

static void
rounds_facts_view_init (RoundsFactsView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * rounds_facts_view_show:
 * @store: knows the names behind ids
 *
 * Shows the facts of @entry; those that are not known are left out.
 */
void
rounds_facts_view_show (RoundsFactsView *self, RoundsEntry *entry, RoundsStore *store)
{
  RoundsAppointment *appointment;
  RoundsMeeting *meeting;
  RoundsTimeRange range;
  g_autofree char *length = NULL;
  const char *notes;

  g_return_if_fail (ROUNDS_IS_FACTS_VIEW (self));
  g_return_if_fail (ROUNDS_IS_ENTRY (entry));

  appointment = rounds_entry_get_appointment (entry);
  meeting = rounds_entry_get_meeting (entry);
  range = rounds_entry_get_range (entry);
  length = rounds_time_words_minutes ((int)((range.end - range.start) / ROUNDS_MINUTE));
  notes = appointment != NULL ? appointment->notes : meeting->notes;

  rounds_fact_row_set_value (self->kind_row, rounds_entry_words_kind (entry));
  rounds_fact_row_set_value (self->length_row, length);
  if (appointment != NULL)
    show_appointment (self, appointment, store);
  else
    show_meeting (self, meeting, store);
  gtk_label_set_label (self->notes_label, notes != NULL ? notes : "");
  gtk_widget_set_visible (GTK_WIDGET (self->notes_group),
                          !self->hides_notes && notes != NULL && *notes != '\0');
}

/**
 * rounds_facts_view_hide_notes:
 *
 * From the next rounds_facts_view_show() on the notes are left out.
 */
void
rounds_facts_view_hide_notes (RoundsFactsView *self)
{
  g_return_if_fail (ROUNDS_IS_FACTS_VIEW (self));

  self->hides_notes = TRUE;
}
