/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Records that look like a hospital's, put together from a number.
 * They follow no rules of booking; nobody sees two of them at once.
 */

#include "config.h"

#include "bench-records.h"

/* 2024-01-15T07:00:00Z */
#define FIRST_MORNING G_GINT64_CONSTANT (1705302000000000)
#define SLOTS 16

static const char *const given_names[] = {
  "Anna",    "Bülent", "Carlos",    "Dilek",   "Elif",   "François", "Grażyna", "Hans",
  "Ines",    "Jürgen", "Katarzyna", "Lars",    "María",  "Nikos",    "Olga",    "Paweł",
  "Quentin", "Renate", "Søren",     "Thuy",    "Ulrike", "Vassilis", "Wiebke",  "Xenia",
  "Yusuf",   "Zofia",  "Ольга",     "Дмитрий", "محمد",   "فاطمة",    "지수",    "明",
};

static const char *const family_names[] = {
  "Aydın",    "Becker",       "Castillo", "Demir",      "Eriksen",   "Fischer", "García",
  "Hoffmann", "Ivanova",      "Jansen",   "Kowalska",   "Lindqvist", "Müller",  "Nguyen",
  "Öztürk",   "Papadopoulos", "Quast",    "Rodríguez",  "Schäfer",   "Tanaka",  "Ullrich",
  "Varga",    "Weiß",         "Yılmaz",   "Zimmermann", "Łukasik",   "Århus",   "Ćosić",
  "O’Neill",  "Петрова",      "الحسن",    "김",         "佐藤",
};

static const char *const departments[] = {
  "Cardiology", "Dermatology", "Neurology", "Orthopaedics", "Paediatrics", "Surgery", "Urology",
};

static const char *const reasons[] = {
  "Chest pain on climbing stairs, worse in the cold, no pain at rest",
  "Follow-up after a change of the medication, blood pressure diary to be discussed",
  "Rash on both forearms since the holiday, itching at night",
  "Results of the blood test and of the ultrasound of last week",
  "Headache with flickering before the eyes, three times this month",
  "Check of the scar after the operation, removal of the stitches",
  "Knee swells after long walks, second opinion before arthroscopy",
};

/* Numbers that look unrelated for neighbours, so that names do not march in step. */
static guint
scatter (guint number, guint salt, guint n)
{
  guint value = (number + salt * 7919) * 2654435761u;

  return (value >> 7) % n;
}

const char *
bench_get_given_name (guint number)
{
  return given_names[scatter (number, 1, G_N_ELEMENTS (given_names))];
}

const char *
bench_get_family_name (guint number)
{
  return family_names[scatter (number, 2, G_N_ELEMENTS (family_names))];
}

static char *
make_id (guint number)
{
  return g_strdup_printf ("65a50d80%016x", number);
}

static char *
make_name (guint person)
{
  return g_strdup_printf ("%s %s", bench_get_given_name (person), bench_get_family_name (person));
}

static char *
make_patient_name (guint patient)
{
  return make_name (BENCH_N_DOCTORS + patient);
}

RoundsAppointment *
bench_make_appointment (guint number)
{
  RoundsAppointment *self = rounds_appointment_new ();
  guint doctor = number % BENCH_N_DOCTORS;
  guint slot = number / BENCH_N_DOCTORS % SLOTS;
  guint day = number / BENCH_N_DOCTORS / SLOTS;
  guint patient = scatter (number, 3, BENCH_N_PATIENTS);

  self->id = make_id (1000000 + number);
  self->hospital_id = make_id (1);
  self->department = g_strdup (departments[doctor % G_N_ELEMENTS (departments)]);
  self->type = number % 2 == 0 ? ROUNDS_APPOINTMENT_VIRTUAL : ROUNDS_APPOINTMENT_IN_PERSON;
  self->date
      = g_strdup_printf ("20%02u-%02u-%02u", 24 + day / 336 % 70, 1 + day / 28 % 12, 1 + day % 28);
  self->time = g_strdup_printf ("%02u:%02u", 8 + slot / 2, slot % 2 * 30);
  self->timezone = g_strdup ("Europe/Berlin");
  self->starts_at = FIRST_MORNING + day * ROUNDS_DAY + slot * 30 * ROUNDS_MINUTE;
  self->duration_minutes = 30;
  self->reason = g_strdup (reasons[scatter (number, 4, G_N_ELEMENTS (reasons))]);
  self->patient.full_name = make_patient_name (patient);
  self->patient.email = g_strdup_printf ("patient%u@example.org", patient);
  self->patient.phone = g_strdup_printf ("+49 30 23125 %03u", patient % 1000);
  self->patient.age = (int)(patient % 95);
  self->patient.gender = g_strdup (patient % 2 == 0 ? "Female" : "Male");
  self->doctor_id = make_id (10 + doctor);
  self->patient_id = make_id (100000 + patient);
  self->status = number % 3 == 0 ? ROUNDS_APPOINTMENT_COMPLETED : ROUNDS_APPOINTMENT_CONFIRMED;
  if (self->type == ROUNDS_APPOINTMENT_VIRTUAL)
    self->room_name = g_strdup_printf ("appointment-%s-%08x%08x", self->id, number, ~number);
  self->version = 1;
  self->created_at = FIRST_MORNING - ROUNDS_DAY;
  self->updated_at = self->created_at;
  if (self->status == ROUNDS_APPOINTMENT_COMPLETED)
    {
      self->arrived_at = self->starts_at - 9 * ROUNDS_MINUTE;
      self->started_at = self->starts_at + 2 * ROUNDS_MINUTE;
      self->ended_at = self->starts_at + 28 * ROUNDS_MINUTE;
    }
  return self;
}

GPtrArray *
bench_make_appointments (guint count)
{
  GPtrArray *self = g_ptr_array_new_full (count, (GDestroyNotify)rounds_appointment_unref);

  for (guint i = 0; i < count; i++)
    g_ptr_array_add (self, bench_make_appointment (i));
  return self;
}

static RoundsUser *
make_user (guint id, char *name, RoundsRole role)
{
  RoundsUser *self = rounds_user_new ();

  self->id = make_id (id);
  self->name = name;
  self->email = g_strdup_printf ("person%u@example.org", id);
  self->role = role;
  self->hospital_id = make_id (1);
  self->age = -1;
  return self;
}

GPtrArray *
bench_make_users (void)
{
  GPtrArray *self = g_ptr_array_new_with_free_func ((GDestroyNotify)rounds_user_unref);

  for (guint i = 0; i < BENCH_N_DOCTORS; i++)
    g_ptr_array_add (self, make_user (10 + i, make_name (i), ROUNDS_ROLE_DOCTOR));
  for (guint i = 0; i < BENCH_N_PATIENTS; i++)
    g_ptr_array_add (self, make_user (100000 + i, make_patient_name (i), ROUNDS_ROLE_PATIENT));
  return self;
}
