/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The form for an appointment, a new one or one that is changed: visit, time, patient.
 * The engine sends it; what is possible is model's and the server's to say.
 */

#include "config.h"

#include <glib/gi18n.h>

#include "rounds-appointment-dialog.h"

#include "rounds-first-free.h"
#include "rounds-free-times.h"
#include "rounds-patient-group.h"
#include "rounds-visit-group.h"
#include "rounds-when-draft.h"
#include "rounds-when-group.h"
#include "rounds-wall-time.h"
#include "rounds-wire-changes.h"

#define MOST_MINUTES (8 * 60)

struct _RoundsAppointmentDialog
{
  RoundsFormDialog parent_instance;

  RoundsVisitGroup *visit_group;
  RoundsWhenGroup *when_group;
  RoundsPatientGroup *patient_group;

  RoundsUser *user;
  RoundsFreeTimes *free_times; /* NULL before the form is started */
  RoundsFirstFree *first_free; /* the same */
  RoundsAppointment *before; /* what is changed, as the person saw it; NULL for a new one */
};

G_DEFINE_FINAL_TYPE (RoundsAppointmentDialog, rounds_appointment_dialog, ROUNDS_TYPE_FORM_DIALOG)

static const char *
get_zone (RoundsAppointmentDialog *self)
{
  RoundsHospital *hospital = rounds_visit_group_get_hospital (self->visit_group);

  return hospital != NULL ? hospital->timezone : NULL;
}

/* On whose clock times are read, and while whose doors are open. */
static void
follow_hospital (RoundsAppointmentDialog *self)
{
  RoundsHospital *hospital = rounds_visit_group_get_hospital (self->visit_group);

  rounds_when_group_set_zone (self->when_group, get_zone (self));
  rounds_when_group_set_openings (
      self->when_group,
      hospital != NULL && rounds_hospital_knows_openings (hospital) ? hospital->openings : NULL);
}

/* Patients book for themselves; the form does not ask them who they are. */
static void
read_own_details (RoundsUser *user, RoundsAppointmentDraft *draft)
{
  draft->patient_id = g_strdup (user->id);
  draft->patient.full_name = g_strdup (user->name);
  draft->patient.email = g_strdup (user->email);
  draft->patient.phone = g_strdup (user->phone);
  draft->patient.age = user->age;
  draft->patient.gender = g_strdup (user->gender);
}

/* The form as a request. (transfer full) */
static RoundsAppointmentDraft *
read_form (RoundsAppointmentDialog *self)
{
  RoundsAppointmentDraft *draft = rounds_appointment_draft_new ();

  rounds_visit_group_read (self->visit_group, draft);
  draft->date = rounds_when_group_dup_date (self->when_group);
  draft->time = g_strstrip (g_strdup (rounds_when_group_get_time (self->when_group)));
  draft->duration_minutes = rounds_when_group_get_minutes (self->when_group);
  if (self->user->role == ROUNDS_ROLE_PATIENT)
    read_own_details (self->user, draft);
  else
    rounds_patient_group_read (self->patient_group, draft);
  return draft;
}

static gboolean
is_unchanged (RoundsAppointmentDialog *self, const RoundsAppointmentDraft *draft)
{
  g_autoptr (JsonObject) changes = rounds_wire_changes_of_appointment (self->before, draft);

  return json_object_get_size (changes) == 0;
}

static void
rounds_appointment_dialog_check (RoundsFormDialog *dialog, RoundsProblems *problems)
{
  RoundsAppointmentDialog *self = ROUNDS_APPOINTMENT_DIALOG (dialog);
  g_autoptr (RoundsAppointmentDraft) draft = NULL;

  /* A proposal becomes another time of day with it. */
  follow_hospital (self);
  draft = read_form (self);
  rounds_appointment_draft_check (draft, get_zone (self), NULL, problems);
  if (self->before != NULL && rounds_problems_get_length (problems) == 0
      && is_unchanged (self, draft))
    rounds_problems_add (problems, "", "%s", _ ("Nothing is changed yet"));
}

static DexFuture *
make_entry (DexFuture *created, gpointer data)
{
  const GValue *value = dex_future_get_value (created, NULL);

  return dex_future_new_take_object (rounds_entry_new_for_appointment (g_value_get_boxed (value)));
}

static DexFuture *
rounds_appointment_dialog_send (RoundsFormDialog *dialog, const RoundsStoreDraft *typed)
{
  RoundsAppointmentDialog *self = ROUNDS_APPOINTMENT_DIALOG (dialog);
  g_autoptr (RoundsAppointmentDraft) draft = read_form (self);
  RoundsSync *sync = rounds_form_dialog_get_sync (dialog);

  return dex_future_then (self->before != NULL
                              ? rounds_sync_edit_appointment (sync, self->before, draft, typed)
                              : rounds_sync_create_appointment (sync, draft, typed),
                          make_entry, NULL, NULL);
}

/* --- free times --- */

/* Whose time is to be free: with any doctor, at least that of a patient who books for herself. */
static const char *
get_busy_person (RoundsAppointmentDialog *self, const RoundsAppointmentDraft *draft)
{
  if (draft->doctor_id == NULL && self->user->role == ROUNDS_ROLE_PATIENT)
    return self->user->id;
  return draft->doctor_id;
}

/* Whoever books with any doctor takes the time that the hospital finds. As long as no time was
 * chosen, the proposal follows hospital, doctor and length, from today on. */
static void
ask_free_times (RoundsAppointmentDialog *self)
{
  g_autoptr (RoundsAppointmentDraft) draft = read_form (self);
  RoundsSync *sync = rounds_form_dialog_get_sync (ROUNDS_FORM_DIALOG (self));
  RoundsTimeRange day = { 0, 0 };
  gboolean has_day = rounds_when_group_get_day (self->when_group, &day);

  if (!rounds_when_group_is_chosen (self->when_group)
      && rounds_first_free_ask (self->first_free, get_busy_person (self, draft),
                                rounds_visit_group_get_hospital (self->visit_group),
                                draft->duration_minutes))
    {
      day = rounds_wall_time_day_of (get_zone (self),
                                     rounds_clock_now (rounds_sync_get_clock (sync)));
      has_day = TRUE;
    }

  rounds_free_times_ask (self->free_times, has_day ? draft->doctor_id : NULL, day,
                         draft->duration_minutes);
}

static void
on_found_cb (RoundsAppointmentDialog *self, GArray *slots, gboolean is_later)
{
  rounds_when_group_offer (self->when_group, slots, is_later);
  rounds_first_free_take_offer (self->first_free, slots);
}

static void
rounds_appointment_dialog_refused (RoundsFormDialog *dialog, const GError *error)
{
  /* Somebody was faster: what was offered is not true any more. */
  if (g_strcmp0 (rounds_net_error_get_code (error), "slot_taken") == 0)
    rounds_free_times_ask_again (ROUNDS_APPOINTMENT_DIALOG (dialog)->free_times);
}

static void
start_free_times (RoundsAppointmentDialog *self, RoundsSync *sync)
{
  self->free_times = rounds_free_times_new (sync);
  self->first_free = rounds_first_free_new (sync);
  g_signal_connect_object (self->first_free, "found", G_CALLBACK (rounds_when_group_propose),
                           self->when_group, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->free_times, "asking", G_CALLBACK (rounds_when_group_await_offer),
                           self->when_group, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->free_times, "found", G_CALLBACK (on_found_cb), self,
                           G_CONNECT_SWAPPED);
  ask_free_times (self);
}

static void
rounds_appointment_dialog_write (RoundsFormDialog *dialog, JsonObject *draft)
{
  RoundsAppointmentDialog *self = ROUNDS_APPOINTMENT_DIALOG (dialog);

  rounds_visit_group_write (self->visit_group, draft);
  rounds_when_draft_write (self->when_group, draft);
  rounds_patient_group_write (self->patient_group, draft);
}

static void
rounds_appointment_dialog_restore (RoundsFormDialog *dialog, JsonObject *draft)
{
  RoundsAppointmentDialog *self = ROUNDS_APPOINTMENT_DIALOG (dialog);

  rounds_visit_group_restore (self->visit_group, draft);
  rounds_when_draft_restore (self->when_group, draft);
  rounds_patient_group_restore (self->patient_group, draft);
  if (self->free_times == NULL || rounds_when_group_is_chosen (self->when_group))
    return;
  rounds_first_free_forget (self->first_free);
  ask_free_times (self);
  rounds_free_times_ask_again (self->free_times);
}

static void
edited_cb (RoundsAppointmentDialog *self)
{
  rounds_form_dialog_edited (ROUNDS_FORM_DIALOG (self));
  if (self->free_times != NULL)
    ask_free_times (self);
}

/* --- the class --- */

static void
rounds_appointment_dialog_dispose (GObject *object)
{
  RoundsAppointmentDialog *self = ROUNDS_APPOINTMENT_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_APPOINTMENT_DIALOG);
  g_clear_pointer (&self->user, rounds_user_unref);
  g_clear_pointer (&self->before, rounds_appointment_unref);
  g_clear_object (&self->free_times);
  g_clear_object (&self->first_free);

  G_OBJECT_CLASS (rounds_appointment_dialog_parent_class)->dispose (object);
}

static void
rounds_appointment_dialog_class_init (RoundsAppointmentDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  RoundsFormDialogClass *form_class = ROUNDS_FORM_DIALOG_CLASS (klass);

  object_class->dispose = rounds_appointment_dialog_dispose;
  form_class->check = rounds_appointment_dialog_check;
  form_class->send = rounds_appointment_dialog_send;
  form_class->refused = rounds_appointment_dialog_refused;
  form_class->write = rounds_appointment_dialog_write;
  form_class->restore = rounds_appointment_dialog_restore;

  g_type_ensure (ROUNDS_TYPE_PATIENT_GROUP);
  g_type_ensure (ROUNDS_TYPE_VISIT_GROUP);
  g_type_ensure (ROUNDS_TYPE_WHEN_GROUP);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/rounds_app/Rounds/dialogs/rounds-appointment-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsAppointmentDialog, visit_group);
  gtk_widget_class_bind_template_child (widget_class, RoundsAppointmentDialog, when_group);
  gtk_widget_class_bind_template_child (widget_class, RoundsAppointmentDialog, patient_group);
  gtk_widget_class_bind_template_callback (widget_class, edited_cb);
}

static void
rounds_appointment_dialog_init (RoundsAppointmentDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static RoundsAppointmentDialog *
make_dialog (RoundsSync *sync)
{
  RoundsAppointmentDialog *self = g_object_new (ROUNDS_TYPE_APPOINTMENT_DIALOG, NULL);
  RoundsForm *form = rounds_form_dialog_get_form (ROUNDS_FORM_DIALOG (self));

  self->user = rounds_user_ref (rounds_sync_get_user (sync));
  rounds_visit_group_set_up (self->visit_group, form, sync);
  rounds_when_group_set_up (self->when_group, rounds_sync_get_clock (sync), form, "appointmentTime",
                            MOST_MINUTES);
  rounds_patient_group_set_up (self->patient_group, form,
                               rounds_store_get_people (rounds_sync_get_store (sync)));
  gtk_widget_set_visible (GTK_WIDGET (self->patient_group),
                          self->user->role != ROUNDS_ROLE_PATIENT);
  return self;
}

/**
 * rounds_appointment_dialog_new:
 * @sync: the signed-in person's engine
 *
 * Returns: (transfer floating): the form for a new appointment, to be presented
 */
AdwDialog *
rounds_appointment_dialog_new (RoundsSync *sync)
{
  RoundsAppointmentDialog *self = NULL;

  g_return_val_if_fail (ROUNDS_IS_SYNC (sync), NULL);

  self = make_dialog (sync);
  follow_hospital (self);
  rounds_when_group_fill_in (self->when_group);
  rounds_form_dialog_start (ROUNDS_FORM_DIALOG (self), sync, "new-appointment", NULL);
  start_free_times (self, sync);
  return ADW_DIALOG (self);
}

/**
 * rounds_appointment_dialog_new_for:
 * @sync: the signed-in person's engine
 * @appointment: (transfer none): the record as the person sees it
 *
 * Returns: (transfer floating): the form that changes @appointment, to be presented
 */
AdwDialog *
rounds_appointment_dialog_new_for (RoundsSync *sync, const RoundsAppointment *appointment)
{
  RoundsAppointmentDialog *self = NULL;

  g_return_val_if_fail (ROUNDS_IS_SYNC (sync), NULL);
  g_return_val_if_fail (appointment != NULL, NULL);

  self = make_dialog (sync);
  self->before = rounds_appointment_copy (appointment);
  adw_dialog_set_title (ADW_DIALOG (self), _ ("Edit Appointment"));
  rounds_form_dialog_set_verb (ROUNDS_FORM_DIALOG (self), _ ("_Save"));
  rounds_visit_group_fill (self->visit_group, appointment);
  rounds_patient_group_fill (self->patient_group, &appointment->patient);
  follow_hospital (self);
  rounds_when_group_fill (self->when_group, appointment->date, appointment->time,
                          appointment->duration_minutes);
  rounds_form_dialog_start (ROUNDS_FORM_DIALOG (self), sync, "edit-appointment", appointment->id);
  start_free_times (self, sync);
  return ADW_DIALOG (self);
}
