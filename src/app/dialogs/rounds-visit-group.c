/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The rows of a form that say what visit: kind, hospital, department, doctor, reason.
 * Which of them may be chosen follows from the person's role; booking is the dialog's.
 */

#include "config.h"

#include <glib/gi18n.h>

#include "rounds-visit-group.h"

#include "rounds-visit-choices.h"

struct _RoundsVisitGroup
{
  AdwPreferencesGroup parent_instance;

  AdwToggleGroup *kind_toggles;
  AdwComboRow *hospital_row;
  AdwComboRow *department_row;
  RoundsProblemRow *department_problem;
  AdwComboRow *doctor_row;
  AdwEntryRow *reason_row;

  RoundsSync *sync;
  GPtrArray *hospitals; /* of RoundsHospital, as the row lists them */
  GPtrArray *doctors; /* of RoundsUser, as the row lists them; NULL is "any" */
  RoundsAppointment *record; /* what is changed, or NULL for a new one */
};

G_DEFINE_FINAL_TYPE (RoundsVisitGroup, rounds_visit_group, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static void
edited_cb (RoundsVisitGroup *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static const char *
get_text (JsonObject *draft, const char *member)
{
  return json_object_get_string_member_with_default (draft, member, NULL);
}

/* A row with nothing to choose is a fact: libadwaita takes its arrow away, and it looks like the
 * facts of a record's page, not like something that is switched off. */
static void
set_choices (AdwComboRow *row, char **choices, guint selected)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new ((const char *const *)choices);
  guint n_choices = g_strv_length (choices);

  adw_combo_row_set_model (row, G_LIST_MODEL (list));
  if (n_choices > 0)
    adw_combo_row_set_selected (row, selected);
  if (n_choices > 1)
    gtk_widget_remove_css_class (GTK_WIDGET (row), "property");
  else
    gtk_widget_add_css_class (GTK_WIDGET (row), "property");
}

static void
list_departments (RoundsVisitGroup *self, RoundsHospital *hospital)
{
  guint chosen = 0;
  g_auto (GStrv) names = rounds_visit_choices_departments (
      hospital, rounds_sync_get_user (self->sync), self->record, &chosen);

  set_choices (self->department_row, names, chosen);
}

static void
list_doctors (RoundsVisitGroup *self, RoundsHospital *hospital)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) strv = NULL;

  g_ptr_array_unref (self->doctors);
  self->doctors = rounds_visit_choices_doctors (rounds_sync_get_store (self->sync), hospital,
                                                rounds_sync_get_user (self->sync), self->record);
  for (guint i = 0; i < self->doctors->len; i++)
    {
      const RoundsUser *doctor = g_ptr_array_index (self->doctors, i);

      g_strv_builder_add (names, doctor != NULL ? doctor->name : C_ ("doctor", "Any"));
    }
  strv = g_strv_builder_end (names);
  set_choices (self->doctor_row, strv, 0);
}

static void
hospital_chosen_cb (RoundsVisitGroup *self)
{
  RoundsHospital *hospital = rounds_visit_group_get_hospital (self);

  if (hospital == NULL)
    return;

  list_departments (self, hospital);
  list_doctors (self, hospital);
  edited_cb (self);
}

static void
restore_department (RoundsVisitGroup *self, const char *name)
{
  GListModel *names = adw_combo_row_get_model (self->department_row);

  for (guint i = 0; name != NULL && i < g_list_model_get_n_items (names); i++)
    {
      g_autoptr (GtkStringObject) listed = g_list_model_get_item (names, i);

      if (g_str_equal (gtk_string_object_get_string (listed), name))
        adw_combo_row_set_selected (self->department_row, i);
    }
}

/* Choosing a doctor chooses the department that doctor works in. */
static void
doctor_chosen_cb (RoundsVisitGroup *self)
{
  RoundsHospital *hospital = rounds_visit_group_get_hospital (self);
  guint position = adw_combo_row_get_selected (self->doctor_row);
  RoundsUser *doctor = NULL;

  if (hospital == NULL || position >= self->doctors->len)
    return;

  doctor = g_ptr_array_index (self->doctors, position);
  if (doctor != NULL)
    restore_department (self, doctor->department);
  edited_cb (self);
}

static void
rounds_visit_group_dispose (GObject *object)
{
  RoundsVisitGroup *self = ROUNDS_VISIT_GROUP (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_VISIT_GROUP);
  g_clear_pointer (&self->hospitals, g_ptr_array_unref);
  g_clear_pointer (&self->doctors, g_ptr_array_unref);
  g_clear_pointer (&self->record, rounds_appointment_unref);
  g_clear_object (&self->sync);

  G_OBJECT_CLASS (rounds_visit_group_parent_class)->dispose (object);
}

static void
rounds_visit_group_class_init (RoundsVisitGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rounds_visit_group_dispose;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", ROUNDS_TYPE_VISIT_GROUP, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (ROUNDS_TYPE_PROBLEM_ROW);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/rounds_app/Rounds/dialogs/rounds-visit-group.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsVisitGroup, kind_toggles);
  gtk_widget_class_bind_template_child (widget_class, RoundsVisitGroup, hospital_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsVisitGroup, department_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsVisitGroup, department_problem);
  gtk_widget_class_bind_template_child (widget_class, RoundsVisitGroup, doctor_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsVisitGroup, reason_row);
  gtk_widget_class_bind_template_callback (widget_class, edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, hospital_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, doctor_chosen_cb);
}

static void
rounds_visit_group_init (RoundsVisitGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->hospitals = g_ptr_array_new ();
  self->doctors = g_ptr_array_new ();
}

static void
show_hospitals (RoundsVisitGroup *self, guint chosen)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) strv = NULL;

  for (guint i = 0; i < self->hospitals->len; i++)
    g_strv_builder_add (names, ((RoundsHospital *)g_ptr_array_index (self->hospitals, i))->name);
  strv = g_strv_builder_end (names);
  set_choices (self->hospital_row, strv, chosen);
}

/**
 * rounds_visit_group_set_up:
 * @form: shows problems at the rows
 * @sync: the signed-in person's engine, for the directory
 */
void
rounds_visit_group_set_up (RoundsVisitGroup *self, RoundsForm *form, RoundsSync *sync)
{
  guint own = 0;

  g_return_if_fail (ROUNDS_IS_VISIT_GROUP (self));
  g_return_if_fail (ROUNDS_IS_SYNC (sync));

  g_set_object (&self->sync, sync);
  rounds_form_add (form, "department", GTK_WIDGET (self->department_row), self->department_problem);
  g_ptr_array_unref (self->hospitals);
  self->hospitals = rounds_visit_choices_hospitals (rounds_sync_get_store (sync),
                                                    rounds_sync_get_user (sync), &own);
  show_hospitals (self, own);
  hospital_chosen_cb (self);
}

RoundsHospital *
rounds_visit_group_get_hospital (RoundsVisitGroup *self)
{
  guint position;

  g_return_val_if_fail (ROUNDS_IS_VISIT_GROUP (self), NULL);

  position = adw_combo_row_get_selected (self->hospital_row);
  return position < self->hospitals->len ? g_ptr_array_index (self->hospitals, position) : NULL;
}

/**
 * rounds_visit_group_read:
 * @draft: gets what stands in the rows
 */
void
rounds_visit_group_read (RoundsVisitGroup *self, RoundsAppointmentDraft *draft)
{
  RoundsHospital *hospital = NULL;
  GtkStringObject *department = NULL;
  RoundsUser *doctor = NULL;
  guint position;

  g_return_if_fail (ROUNDS_IS_VISIT_GROUP (self));
  g_return_if_fail (draft != NULL);

  hospital = rounds_visit_group_get_hospital (self);
  department = adw_combo_row_get_selected_item (self->department_row);
  position = adw_combo_row_get_selected (self->doctor_row);
  if (position < self->doctors->len)
    doctor = g_ptr_array_index (self->doctors, position);

  draft->type = ROUNDS_APPOINTMENT_VIRTUAL;
  (void)rounds_appointment_type_from_string (adw_toggle_group_get_active_name (self->kind_toggles),
                                             &draft->type);
  draft->hospital_id = hospital != NULL ? g_strdup (hospital->id) : NULL;
  draft->department
      = department != NULL ? g_strdup (gtk_string_object_get_string (department)) : NULL;
  draft->doctor_id = doctor != NULL ? g_strdup (doctor->id) : NULL;
  draft->reason = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->reason_row))));
  if (*draft->reason == '\0')
    g_clear_pointer (&draft->reason, g_free);
}

/**
 * rounds_visit_group_write:
 * @draft: gets what stands in the rows, as it stands there
 */
void
rounds_visit_group_write (RoundsVisitGroup *self, JsonObject *draft)
{
  g_autoptr (RoundsAppointmentDraft) read = rounds_appointment_draft_new ();

  g_return_if_fail (ROUNDS_IS_VISIT_GROUP (self));
  g_return_if_fail (draft != NULL);

  rounds_visit_group_read (self, read);
  json_object_set_string_member (draft, "appointmentType",
                                 rounds_appointment_type_to_string (read->type));
  json_object_set_string_member (draft, "hospital", read->hospital_id);
  json_object_set_string_member (draft, "department", read->department);
  json_object_set_string_member (draft, "doctor", read->doctor_id);
  json_object_set_string_member (draft, "reasonForVisit",
                                 gtk_editable_get_text (GTK_EDITABLE (self->reason_row)));
}

static void
restore_hospital (RoundsVisitGroup *self, const char *id)
{
  for (guint i = 0; id != NULL && i < self->hospitals->len; i++)
    {
      RoundsHospital *hospital = g_ptr_array_index (self->hospitals, i);

      if (g_str_equal (hospital->id, id))
        adw_combo_row_set_selected (self->hospital_row, i);
    }
}

static void
restore_doctor (RoundsVisitGroup *self, const char *id)
{
  for (guint i = 0; i < self->doctors->len; i++)
    {
      RoundsUser *doctor = g_ptr_array_index (self->doctors, i);

      if (g_strcmp0 (doctor != NULL ? doctor->id : NULL, id) == 0)
        adw_combo_row_set_selected (self->doctor_row, i);
    }
}

/**
 * rounds_visit_group_restore:
 * @draft: of rounds_visit_group_write()
 */
void
rounds_visit_group_restore (RoundsVisitGroup *self, JsonObject *draft)
{
  const char *type = NULL;
  const char *reason = NULL;

  g_return_if_fail (ROUNDS_IS_VISIT_GROUP (self));
  g_return_if_fail (draft != NULL);

  type = get_text (draft, "appointmentType");
  if (type != NULL && rounds_appointment_type_from_string (type, &(RoundsAppointmentType){ 0 }))
    adw_toggle_group_set_active_name (self->kind_toggles, type);
  /* The hospital offers its doctors, and a doctor brings a department along. */
  restore_hospital (self, get_text (draft, "hospital"));
  restore_doctor (self, get_text (draft, "doctor"));
  restore_department (self, get_text (draft, "department"));
  reason = get_text (draft, "reasonForVisit");
  gtk_editable_set_text (GTK_EDITABLE (self->reason_row), reason != NULL ? reason : "");
}

/**
 * rounds_visit_group_fill:
 * @appointment: (transfer none): the record that is to be changed
 */
void
rounds_visit_group_fill (RoundsVisitGroup *self, const RoundsAppointment *appointment)
{
  g_return_if_fail (ROUNDS_IS_VISIT_GROUP (self));
  g_return_if_fail (appointment != NULL);
  g_return_if_fail (self->record == NULL);

  self->record = rounds_appointment_copy (appointment);
  adw_toggle_group_set_active_name (self->kind_toggles,
                                    rounds_appointment_type_to_string (appointment->type));
  gtk_widget_set_visible (GTK_WIDGET (self->kind_toggles), FALSE);
  for (guint i = self->hospitals->len; i > 0; i--)
    {
      RoundsHospital *hospital = g_ptr_array_index (self->hospitals, i - 1);

      if (g_strcmp0 (hospital->id, appointment->hospital_id) != 0)
        g_ptr_array_remove_index (self->hospitals, i - 1);
    }
  show_hospitals (self, 0);
  hospital_chosen_cb (self);
  restore_doctor (self, appointment->doctor_id);
  restore_department (self, appointment->department);
  gtk_editable_set_text (GTK_EDITABLE (self->reason_row),
                         appointment->reason != NULL ? appointment->reason : "");
}
