/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The form for a new appointment: visit, time, patient.
 * The engine sends it; what is possible is model's and the server's to say.
 */

#include "config.h"

#include <glib/gi18n.h>

#include "rounds-appointment-dialog.h"

#include "rounds-create-button.h"
#include "rounds-error-words.h"
#include "rounds-form.h"
#include "rounds-future.h"
#include "rounds-patient-group.h"
#include "rounds-problem-words.h"
#include "rounds-unsaved.h"
#include "rounds-visit-group.h"
#include "rounds-when-group.h"

#define MOST_MINUTES (8 * 60)

struct _RoundsAppointmentDialog
{
  AdwDialog parent_instance;

  RoundsCreateButton *create_button;
  AdwBanner *banner;
  RoundsVisitGroup *visit_group;
  RoundsWhenGroup *when_group;
  RoundsPatientGroup *patient_group;

  RoundsSync *sync;
  RoundsForm *form;
};

G_DEFINE_FINAL_TYPE (RoundsAppointmentDialog, rounds_appointment_dialog, ADW_TYPE_DIALOG)

enum
{
  SIGNAL_CREATED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

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

/* The form as a request, and what is wrong with it. (transfer full) */
static RoundsAppointmentDraft *
read_form (RoundsAppointmentDialog *self, RoundsProblems *problems)
{
  RoundsAppointmentDraft *draft = rounds_appointment_draft_new ();
  RoundsHospital *hospital = rounds_visit_group_get_hospital (self->visit_group);
  RoundsUser *user = rounds_sync_get_user (self->sync);

  rounds_visit_group_read (self->visit_group, draft);
  draft->date = rounds_when_group_dup_date (self->when_group);
  draft->time = g_strstrip (g_strdup (rounds_when_group_get_time (self->when_group)));
  draft->duration_minutes = rounds_when_group_get_minutes (self->when_group);
  if (user->role == ROUNDS_ROLE_PATIENT)
    read_own_details (user, draft);
  else
    rounds_patient_group_read (self->patient_group, draft);

  rounds_appointment_draft_check (draft, hospital != NULL ? hospital->timezone : NULL, NULL,
                                  problems);
  return draft;
}

static void
update (RoundsAppointmentDialog *self)
{
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  g_autoptr (RoundsAppointmentDraft) draft = NULL;
  RoundsHospital *hospital = NULL;
  const RoundsProblem *first = NULL;

  if (self->sync == NULL)
    return;

  hospital = rounds_visit_group_get_hospital (self->visit_group);
  rounds_when_group_set_zone (self->when_group, hospital != NULL ? hospital->timezone : NULL);
  draft = read_form (self, problems);
  rounds_form_show (self->form, problems);

  if (rounds_problems_get_length (problems) > 0)
    first = rounds_problems_get (problems, 0);
  rounds_create_button_set_missing (
      self->create_button,
      first != NULL ? rounds_problem_words (first->field, first->message) : NULL);
}

static void
edited_cb (RoundsAppointmentDialog *self)
{
  adw_dialog_set_can_close (ADW_DIALOG (self), FALSE);
  update (self);
}

/* --- sending --- */

typedef struct
{
  RoundsAppointmentDialog *self;
  RoundsAppointmentDraft *draft;
} Sending;

static void
sending_free (Sending *sending)
{
  g_object_unref (sending->self);
  rounds_appointment_draft_free (sending->draft);
  g_free (sending);
}

static void
show_refusal (const GError *error, gpointer owner)
{
  RoundsAppointmentDialog *self = ROUNDS_APPOINTMENT_DIALOG (owner);
  const RoundsProblems *problems = rounds_net_error_get_problems (error);
  g_autofree char *words = NULL;

  rounds_create_button_set_busy (self->create_button, FALSE);
  if (problems != NULL && rounds_problems_get_length (problems) > 0
      && rounds_form_show_all (self->form, problems))
    return;

  words = rounds_error_words_line (error, NULL);
  adw_banner_set_title (self->banner, words);
  adw_banner_set_revealed (self->banner, TRUE);
}

static DexFuture *
create_fiber (gpointer user_data)
{
  Sending *sending = user_data;
  RoundsAppointmentDialog *self = sending->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsAppointment) appointment = NULL;
  g_autoptr (RoundsEntry) entry = NULL;

  appointment
      = dex_await_boxed (rounds_sync_create_appointment (self->sync, sending->draft), &error);
  if (appointment == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  entry = rounds_entry_new_for_appointment (appointment);
  g_signal_emit (self, signals[SIGNAL_CREATED], 0, entry);
  adw_dialog_force_close (ADW_DIALOG (self));
  return dex_future_new_true ();
}

static void
create_cb (RoundsAppointmentDialog *self)
{
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  g_autoptr (RoundsAppointmentDraft) draft = read_form (self, problems);
  Sending *sending = NULL;

  if (rounds_create_button_get_busy (self->create_button))
    return;
  if (rounds_problems_get_length (problems) > 0)
    {
      (void)rounds_form_show_all (self->form, problems);
      return;
    }

  adw_banner_set_revealed (self->banner, FALSE);
  rounds_create_button_set_busy (self->create_button, TRUE);
  sending = g_new0 (Sending, 1);
  sending->self = g_object_ref (self);
  sending->draft = g_steal_pointer (&draft);
  rounds_future_watch (rounds_spawn (create_fiber, sending, (GDestroyNotify)sending_free),
                       G_OBJECT (self), show_refusal);
}

static void
rounds_appointment_dialog_close_attempt (AdwDialog *dialog)
{
  RoundsAppointmentDialog *self = ROUNDS_APPOINTMENT_DIALOG (dialog);

  if (!rounds_create_button_get_busy (self->create_button))
    rounds_unsaved_ask (dialog, _ ("Discard This Appointment?"));
}

/* --- the class --- */

static void
rounds_appointment_dialog_dispose (GObject *object)
{
  RoundsAppointmentDialog *self = ROUNDS_APPOINTMENT_DIALOG (object);

  g_clear_object (&self->form);
  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_APPOINTMENT_DIALOG);
  g_clear_object (&self->sync);

  G_OBJECT_CLASS (rounds_appointment_dialog_parent_class)->dispose (object);
}

static void
rounds_appointment_dialog_class_init (RoundsAppointmentDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rounds_appointment_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->close_attempt = rounds_appointment_dialog_close_attempt;

  /**
   * RoundsAppointmentDialog::created:
   * @entry: the new appointment, as the server answered it
   */
  signals[SIGNAL_CREATED]
      = g_signal_new ("created", ROUNDS_TYPE_APPOINTMENT_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 1, ROUNDS_TYPE_ENTRY);

  g_type_ensure (ROUNDS_TYPE_CREATE_BUTTON);
  g_type_ensure (ROUNDS_TYPE_PATIENT_GROUP);
  g_type_ensure (ROUNDS_TYPE_VISIT_GROUP);
  g_type_ensure (ROUNDS_TYPE_WHEN_GROUP);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/rounds_app/Rounds/dialogs/rounds-appointment-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsAppointmentDialog, create_button);
  gtk_widget_class_bind_template_child (widget_class, RoundsAppointmentDialog, banner);
  gtk_widget_class_bind_template_child (widget_class, RoundsAppointmentDialog, visit_group);
  gtk_widget_class_bind_template_child (widget_class, RoundsAppointmentDialog, when_group);
  gtk_widget_class_bind_template_child (widget_class, RoundsAppointmentDialog, patient_group);
  gtk_widget_class_bind_template_callback (widget_class, edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, create_cb);
}

static void
rounds_appointment_dialog_init (RoundsAppointmentDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->form = rounds_form_new ();
  g_signal_connect_object (self->form, "left", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}

/**
 * rounds_appointment_dialog_new:
 * @sync: the signed-in person's engine
 *
 * Returns: (transfer floating): the form, to be presented
 */
AdwDialog *
rounds_appointment_dialog_new (RoundsSync *sync)
{
  RoundsAppointmentDialog *self = NULL;

  g_return_val_if_fail (ROUNDS_IS_SYNC (sync), NULL);

  self = g_object_new (ROUNDS_TYPE_APPOINTMENT_DIALOG, NULL);
  rounds_visit_group_set_up (self->visit_group, self->form, sync);
  rounds_when_group_set_up (self->when_group, self->form, "appointmentTime", MOST_MINUTES);
  rounds_patient_group_set_up (self->patient_group, self->form,
                               rounds_store_get_people (rounds_sync_get_store (sync)));
  gtk_widget_set_visible (GTK_WIDGET (self->patient_group),
                          rounds_sync_get_user (sync)->role != ROUNDS_ROLE_PATIENT);

  self->sync = g_object_ref (sync);
  update (self); /* sets the zone in which the next half hour is proposed */
  rounds_when_group_fill_in (self->when_group, g_get_real_time ());
  adw_dialog_set_can_close (ADW_DIALOG (self), TRUE);
  return ADW_DIALOG (self);
}
