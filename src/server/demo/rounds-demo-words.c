/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The demo's names of people without an account, and what people come for.
 * Names are made of a given and a family name of one language; nobody real is meant.
 */

#include "config.h"

#include "rounds-demo-private.h"

typedef struct
{
  const char *given[6];
  const char *family[6];
  gboolean family_first;
} Language;

static const Language languages[] = {
  { { "Anna", "Jörg", "Käthe", "Matthias", "Renate", "Björn" },
    { "Schäfer", "Großmann", "Köhler", "Lehmann", "Brüning", "Voß" } },
  { { "Hatice", "İbrahim", "Gülşen", "Emre", "Şule", "Çağlar" },
    { "Yıldız", "Şahin", "Kılıç", "Doğan", "Arslan", "Güneş" } },
  { { "Łukasz", "Agnieszka", "Małgorzata", "Paweł", "Grażyna", "Stanisław" },
    { "Wójcik", "Kaczmarek", "Zięba", "Król", "Żak", "Pawlik" } },
  { { "Сергей", "Наталья", "Дмитрий", "Ольга", "Павел", "Людмила" },
    { "Шевченко", "Мельник", "Бойко", "Ткач", "Коваль", "Гончар" } },
  { { "أحمد", "ليلى", "يوسف", "مريم", "خالد", "سارة" },
    { "منصور", "الخطيب", "درويش", "النجار", "سلامة", "الشامي" } },
  { { "Hùng", "Thảo", "Đức", "Phương", "Tuấn", "Hạnh" },
    { "Phạm", "Hoàng", "Đặng", "Bùi", "Vũ", "Đỗ" },
    TRUE },
  { { "伟", "芳", "娜", "强", "静", "磊" }, { "张", "刘", "陈", "赵", "周", "吴" }, TRUE },
  { { "Νίκος", "Σοφία", "Κώστας", "Μαρία", "Σπύρος", "Ειρήνη" },
    { "Γεωργίου", "Αντωνίου", "Λαμπράκη", "Μακρή", "Ρήγα", "Σταύρου" } },
  { { "प्रिया", "अर्जुन", "सुनीता", "विकास", "मीरा", "रोहन" },
    { "गुप्ता", "पटेल", "जोशी", "कुलकर्णी", "वर्मा", "मिश्रा" } },
  { { "Inés", "Andrés", "Begoña", "Iñaki", "Concepción", "Víctor" },
    { "Muñoz", "Peña", "Gutiérrez", "Núñez", "Ibarra", "Sáez" } },
  { { "Eszter", "Dragan", "Živilė", "Ondřej", "Ljubica", "Gintarė" },
    { "Novák", "Petrović", "Horváth", "Jankauskas", "Šimić", "Balog" } },
  { { "Adwoa", "Tunde", "Zawadi", "Ọlámidé", "Sékou", "Aïcha" },
    { "Asante", "Diallo", "Ọ̀ṣúnbíyìí", "Kamau", "Traoré", "Ndiaye" } },
};

static const struct
{
  const char *department;
  const char *reasons[9];
} departments[] = {
  { "Cardiology",
    { "Chest pain on climbing stairs", "Blood pressure check after change of tablets",
      "Palpitations at night", "Results of the 24-hour ECG", "Follow-up after stent",
      "Swollen ankles", "Pacemaker check", "Shortness of breath", NULL } },
  { "General Medicine",
    { "Cough for three weeks", "Back pain after moving house", "Renewal of prescriptions",
      "Fever and sore throat", "Blood test results", "Travel vaccination advice",
      "Tiredness since the summer", "Certificate for sports club", NULL } },
  { "Dermatology",
    { "Mole that has changed colour", "Eczema on both hands", "Acne, check after eight weeks",
      "Skin check once a year", "Rash after antibiotics", "Hair loss", "Psoriasis follow-up",
      "Wart on the foot", NULL } },
  { "Neurology",
    { "Migraine diary review", "Tingling in the left hand", "Dizziness when standing up",
      "Follow-up after stroke", "Epilepsy: dose adjustment", "Sleep problems",
      "Tremor, second opinion", "Memory test results", NULL } },
  { "Family Medicine",
    { "Knee pain after the winter", "Ear infection", "Diabetes follow-up", "Asthma plan",
      "Flu shot and check-up", "Iron tablets, results", "Sinus trouble", "Prenatal visit", NULL } },
  { "Orthopaedics",
    { "Cast check after wrist fracture", "Hip replacement, six weeks", "Tennis elbow",
      "Shoulder stiff since a fall", "MRI of the knee: results", "Flat feet in a child",
      "Scoliosis follow-up", "Trigger finger", NULL } },
};

char *
rounds_demo_make_name (RoundsDemo *self)
{
  const Language *language
      = &languages[g_rand_int_range (self->random, 0, G_N_ELEMENTS (languages))];
  const char *given
      = language->given[g_rand_int_range (self->random, 0, G_N_ELEMENTS (language->given))];
  const char *family
      = language->family[g_rand_int_range (self->random, 0, G_N_ELEMENTS (language->family))];

  return language->family_first ? g_strdup_printf ("%s %s", family, given)
                                : g_strdup_printf ("%s %s", given, family);
}

const char *const *
rounds_demo_get_reasons (const char *department)
{
  for (guint i = 0; i < G_N_ELEMENTS (departments); i++)
    {
      if (g_str_equal (departments[i].department, department))
        return departments[i].reasons;
    }
  g_return_val_if_reached (departments[0].reasons);
}
