/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The rows of a form that say who the patient is: somebody known, or typed in.
 * It books nothing and looks nobody up on the server.
 */

#include "config.h"

#include <glib/gi18n.h>

#include "rounds-patient-group.h"

#include "rounds-person-picker.h"
#include "rounds-person.h"

struct _RoundsPatientGroup
{
  AdwPreferencesGroup parent_instance;

  GtkMenuButton *known_button;
  RoundsPersonPicker *picker;
  AdwEntryRow *name_row;
  RoundsProblemRow *name_problem;
  AdwEntryRow *email_row;
  RoundsProblemRow *email_problem;
  AdwEntryRow *phone_row;
  RoundsProblemRow *phone_problem;
  AdwEntryRow *age_row;
  RoundsProblemRow *age_problem;
  AdwComboRow *gender_row;

  GListModel *people; /* the directory */
  RoundsUser *known; /* who was chosen from the directory, or NULL */
};

G_DEFINE_FINAL_TYPE (RoundsPatientGroup, rounds_patient_group, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

/* The guide's words, in the order of the chooser; the first says nothing. */
static const char *const genders[] = { NULL, "Female", "Male", "Other" };

static gboolean
is_patient (gpointer item, gpointer user_data)
{
  return rounds_person_get_user (ROUNDS_PERSON (item))->role == ROUNDS_ROLE_PATIENT;
}

static void
set_text (AdwEntryRow *row, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
}

static void
edited_cb (RoundsPatientGroup *self)
{
  const char *name = gtk_editable_get_text (GTK_EDITABLE (self->name_row));

  /* Another name is another person: the account no longer fits. */
  if (self->known != NULL && g_strcmp0 (self->known->name, name) != 0)
    g_clear_pointer (&self->known, rounds_user_unref);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
fill (RoundsPatientGroup *self, const char *name, const char *email, const char *phone, int age,
      const char *gender)
{
  g_autofree char *years = age >= 0 ? g_strdup_printf ("%d", age) : NULL;
  guint chosen = 0;

  for (guint i = 1; i < G_N_ELEMENTS (genders); i++)
    {
      if (gender != NULL && g_ascii_strcasecmp (genders[i], gender) == 0)
        chosen = i;
    }

  set_text (self->name_row, name);
  set_text (self->email_row, email);
  set_text (self->phone_row, phone);
  set_text (self->age_row, years);
  adw_combo_row_set_selected (self->gender_row, chosen);
}

static void
person_picked_cb (RoundsPatientGroup *self, RoundsPerson *person)
{
  RoundsUser *user = rounds_person_get_user (person);

  fill (self, user->name, user->email, user->phone, user->age, user->gender);
  g_clear_pointer (&self->known, rounds_user_unref);
  self->known = rounds_user_ref (user);
  edited_cb (self);
}

static void
rounds_patient_group_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_PATIENT_GROUP);
  g_clear_object (&ROUNDS_PATIENT_GROUP (object)->people);

  G_OBJECT_CLASS (rounds_patient_group_parent_class)->dispose (object);
}

static void
rounds_patient_group_finalize (GObject *object)
{
  RoundsPatientGroup *self = ROUNDS_PATIENT_GROUP (object);

  g_clear_pointer (&self->known, rounds_user_unref);

  G_OBJECT_CLASS (rounds_patient_group_parent_class)->finalize (object);
}

static void
rounds_patient_group_class_init (RoundsPatientGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rounds_patient_group_dispose;
  object_class->finalize = rounds_patient_group_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", ROUNDS_TYPE_PATIENT_GROUP, G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (ROUNDS_TYPE_PERSON_PICKER);
  g_type_ensure (ROUNDS_TYPE_PROBLEM_ROW);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/rounds_app/Rounds/dialogs/rounds-patient-group.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsPatientGroup, picker);
  gtk_widget_class_bind_template_child (widget_class, RoundsPatientGroup, known_button);
  gtk_widget_class_bind_template_child (widget_class, RoundsPatientGroup, name_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsPatientGroup, name_problem);
  gtk_widget_class_bind_template_child (widget_class, RoundsPatientGroup, email_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsPatientGroup, email_problem);
  gtk_widget_class_bind_template_child (widget_class, RoundsPatientGroup, phone_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsPatientGroup, phone_problem);
  gtk_widget_class_bind_template_child (widget_class, RoundsPatientGroup, age_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsPatientGroup, age_problem);
  gtk_widget_class_bind_template_child (widget_class, RoundsPatientGroup, gender_row);
  gtk_widget_class_bind_template_callback (widget_class, edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, person_picked_cb);
}

static void
rounds_patient_group_init (RoundsPatientGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * rounds_patient_group_set_up:
 * @form: shows problems at the rows
 * @people: the directory; its patients can be chosen
 */
void
rounds_patient_group_set_up (RoundsPatientGroup *self, RoundsForm *form, GListModel *people)
{
  g_autoptr (GtkFilterListModel) patients = NULL;

  g_return_if_fail (ROUNDS_IS_PATIENT_GROUP (self));
  g_return_if_fail (G_IS_LIST_MODEL (people));

  g_set_object (&self->people, people);
  patients = gtk_filter_list_model_new (
      g_object_ref (people), GTK_FILTER (gtk_custom_filter_new (is_patient, NULL, NULL)));
  rounds_person_picker_set_people (self->picker, G_LIST_MODEL (patients));

  rounds_form_add (form, "patientDetails.fullName", GTK_WIDGET (self->name_row),
                   self->name_problem);
  rounds_form_add (form, "patientDetails.email", GTK_WIDGET (self->email_row), self->email_problem);
  rounds_form_add (form, "patientDetails.phoneNumber", GTK_WIDGET (self->phone_row),
                   self->phone_problem);
  rounds_form_add (form, "patientDetails.age", GTK_WIDGET (self->age_row), self->age_problem);
}

static char *
read_text (AdwEntryRow *row)
{
  char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));

  if (*text == '\0')
    g_clear_pointer (&text, g_free);
  return text;
}

/* What is not a number becomes an age that no check accepts. */
static int
read_age (AdwEntryRow *row)
{
  g_autofree char *text = read_text (row);
  guint64 age = 0;

  if (text == NULL)
    return -1;
  return g_ascii_string_to_unsigned (text, 10, 0, 999, &age, NULL) ? (int)age : G_MAXINT;
}

/**
 * rounds_patient_group_read:
 * @draft: gets what stands in the rows
 */
void
rounds_patient_group_read (RoundsPatientGroup *self, RoundsAppointmentDraft *draft)
{
  guint gender;

  g_return_if_fail (ROUNDS_IS_PATIENT_GROUP (self));
  g_return_if_fail (draft != NULL);

  gender = MIN (adw_combo_row_get_selected (self->gender_row), G_N_ELEMENTS (genders) - 1);
  draft->patient.full_name = read_text (self->name_row);
  draft->patient.email = read_text (self->email_row);
  draft->patient.phone = read_text (self->phone_row);
  draft->patient.age = read_age (self->age_row);
  draft->patient.gender = g_strdup (genders[gender]);
  draft->patient_id = self->known != NULL ? g_strdup (self->known->id) : NULL;
}

/* The rows that hold text, and what a draft calls them. */
typedef struct
{
  const char *name;
  AdwEntryRow *row;
} TextField;

#define N_TEXTS 4

static void
list_texts (RoundsPatientGroup *self, TextField texts[N_TEXTS])
{
  texts[0] = (TextField){ "fullName", self->name_row };
  texts[1] = (TextField){ "email", self->email_row };
  texts[2] = (TextField){ "phoneNumber", self->phone_row };
  texts[3] = (TextField){ "age", self->age_row };
}

/**
 * rounds_patient_group_write:
 * @draft: gets what stands in the rows, as it stands there
 */
void
rounds_patient_group_write (RoundsPatientGroup *self, JsonObject *draft)
{
  TextField texts[N_TEXTS];

  g_return_if_fail (ROUNDS_IS_PATIENT_GROUP (self));
  g_return_if_fail (draft != NULL);

  list_texts (self, texts);
  for (gsize i = 0; i < N_TEXTS; i++)
    json_object_set_string_member (draft, texts[i].name,
                                   gtk_editable_get_text (GTK_EDITABLE (texts[i].row)));
  json_object_set_int_member (draft, "gender", adw_combo_row_get_selected (self->gender_row));
  if (self->known != NULL)
    json_object_set_string_member (draft, "patient", self->known->id);
}

static RoundsUser *
find_person (RoundsPatientGroup *self, const char *id)
{
  for (guint i = 0; id != NULL && i < g_list_model_get_n_items (self->people); i++)
    {
      g_autoptr (RoundsPerson) person = g_list_model_get_item (self->people, i);

      if (g_str_equal (rounds_person_get_user (person)->id, id))
        return rounds_user_ref (rounds_person_get_user (person));
    }
  return NULL;
}

/**
 * rounds_patient_group_restore:
 * @draft: of rounds_patient_group_write()
 */
void
rounds_patient_group_restore (RoundsPatientGroup *self, JsonObject *draft)
{
  TextField texts[N_TEXTS];
  gint64 gender;

  g_return_if_fail (ROUNDS_IS_PATIENT_GROUP (self));
  g_return_if_fail (draft != NULL);

  list_texts (self, texts);
  for (gsize i = 0; i < N_TEXTS; i++)
    set_text (texts[i].row,
              json_object_get_string_member_with_default (draft, texts[i].name, NULL));
  gender = json_object_get_int_member_with_default (draft, "gender", 0);
  adw_combo_row_set_selected (self->gender_row,
                              (guint)CLAMP (gender, 0, (gint64)G_N_ELEMENTS (genders) - 1));
  g_clear_pointer (&self->known, rounds_user_unref);
  self->known
      = find_person (self, json_object_get_string_member_with_default (draft, "patient", NULL));
  edited_cb (self);
}

/**
 * rounds_patient_group_fill:
 * @details: what a record has
 *
 * The patient of a record stays who it is: nobody else can be chosen then.
 */
void
rounds_patient_group_fill (RoundsPatientGroup *self, const RoundsPatientDetails *details)
{
  g_return_if_fail (ROUNDS_IS_PATIENT_GROUP (self));
  g_return_if_fail (details != NULL);

  fill (self, details->full_name, details->email, details->phone, details->age, details->gender);
  gtk_widget_set_visible (GTK_WIDGET (self->known_button), FALSE);
}
