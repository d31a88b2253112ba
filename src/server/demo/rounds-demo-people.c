/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Who works at and comes to the hospitals of the demo.
 * All of them are invented; their telephone numbers are reserved for fiction.
 */

#include "config.h"

#include "rounds-demo-private.h"

#include "rounds-hospital-repository.h"
#include "rounds-user-repository.h"

#define NO_PLACE (-1)

typedef struct
{
  const char *name;
  const char *timezone;
  const char *phone_prefix;
  const char *const *departments;
} PlaceRow;

typedef struct
{
  int place; /* position in places[], or NO_PLACE */
  RoundsRole role;
  const char *account; /* before @example.org */
  const char *name;
  const char *department; /* doctors */
  int age; /* patients */
  const char *gender;
} PersonRow;

static const char *const berlin_departments[]
    = { "Cardiology", "General Medicine", "Dermatology", "Neurology", "Paediatrics", NULL };
static const char *const st_johns_departments[] = { "Family Medicine", "Orthopaedics", NULL };

static const PlaceRow places[ROUNDS_DEMO_N_PLACES] = {
  { "Sankt Aurelia Hospital, Berlin", "Europe/Berlin", "+49 30 23125 ", berlin_departments },
  { "Narrows Hospital, St. John’s", "America/St_Johns", "+1 709 555 0", st_johns_departments },
};

#define DOCTOR(place, account, name, department)                                                   \
  { place, ROUNDS_ROLE_DOCTOR, account, name, department, -1, NULL }
#define DESK(place, account, name) { place, ROUNDS_ROLE_HOSPITAL, account, name, NULL, -1, NULL }
#define PATIENT(place, account, name, age, gender)                                                 \
  { place, ROUNDS_ROLE_PATIENT, account, name, NULL, age, gender }

/* The n-th patient of a hospital is the patient of its n-th doctor, counted round: "patient" comes
 * to "doctor", "patient2" to "doctor2". */
static const PersonRow people[] = {
  { NO_PLACE, ROUNDS_ROLE_ADMIN, "admin", "Ngozi Adeyemi", NULL, -1, NULL },

  DOCTOR (0, "doctor", "Dr. Leyla Aydın", "Cardiology"),
  DOCTOR (0, "doctor2", "Dr. Jürgen Weiß", "General Medicine"),
  DOCTOR (0, "minh.anh", "Dr. Nguyễn Minh Anh", "Dermatology"),
  DOCTOR (0, "papadopoulos", "Dr. Ελένη Παπαδοπούλου", "Neurology"),
  DESK (0, "desk", "Sabine Krüger"),
  DESK (0, "reception", "Tomasz Wiśniewski"),
  PATIENT (0, "patient", "María Fernández Ibáñez", 46, "Female"),
  PATIENT (0, "patient2", "Олександр Коваленко", 58, "Male"),
  PATIENT (0, "fatima.alhashimi", "فاطمة الهاشمي", 33, "Female"),
  PATIENT (0, "wang.xiaoming", "王小明", 29, "Male"),
  PATIENT (0, "anjali.sharma", "अंजलि शर्मा", 37, "Female"),
  PATIENT (0, "giorgos.nikolaidis", "Γιώργος Νικολαΐδης", 64, "Male"),
  PATIENT (0, "tran.quoc.bao", "Trần Quốc Bảo", 24, "Male"),
  PATIENT (0, "zofia.dabrowska", "Zofia Dąbrowska", 71, "Female"),
  PATIENT (0, "yusuf.ozturk", "Yusuf Öztürk", 52, "Male"),
  PATIENT (0, "irina.volkova", "Ирина Волкова", 45, "Female"),
  PATIENT (0, "omar.haddad", "عمر حداد", 61, "Male"),
  PATIENT (0, "li.meihua", "李美华", 55, "Female"),
  PATIENT (0, "bjork.jonsdottir", "Björk Jónsdóttir", 40, "Female"),
  PATIENT (0, "kofi.mensah", "Kofi Mensah", 35, "Male"),
  PATIENT (0, "tanaka.yuki", "田中 由紀", 31, "Female"),
  PATIENT (0, "noa.levi", "נועה לוי", 27, "Female"),
  PATIENT (0, "ioana.stefanescu", "Ioana Ștefănescu", 49, "Female"),
  PATIENT (0, "lukas.hoffmann", "Lukas Hoffmann", 8, "Male"),
  PATIENT (0, "chinedu.okafor", "Chinedu Okafor", 43, "Male"),
  PATIENT (0, "marketa.cerna", "Markéta Černá", 66, "Female"),
  PATIENT (0, "reza.karimi", "رضا کریمی", 39, "Male"),
  PATIENT (0, "joao.goncalves", "João Gonçalves", 57, "Male"),
  PATIENT (0, "aoife.nimhurchu", "Aoife Ní Mhurchú", 22, "Female"),
  PATIENT (0, "rahul.deshpande", "राहुल देशपांडे", 48, "Male"),
  PATIENT (0, "kim.jisoo", "김지수", 26, "Female"),
  PATIENT (0, "sven.akerstrom", "Sven Åkerström", 73, "Male"),
  PATIENT (0, "nino.beridze", "ნინო ბერიძე", 34, "Female"),
  PATIENT (0, "ararat.petrosyan", "Արարատ Պետրոսյան", 62, "Male"),
  PATIENT (0, "emma.schulze-rastede", "Emma Schulze-Rastede", 5, "Female"),
  PATIENT (0, "le.thi.hong", "Lê Thị Hồng", 68, "Female"),
  PATIENT (0, "ahmet.cetin", "Ahmet Çetin", 44, "Male"),
  PATIENT (0, "dimitar.iliev", "Димитър Илиев", 50, "Male"),
  PATIENT (0, "amina.warsame", "Amina Warsame", 30, "Female"),
  PATIENT (0, "francois.lefevre", "François Lefèvre", 76, "Male"),
  PATIENT (0, "tamil.selvan", "தமிழ்ச்செல்வன்", 41, "Male"),
  PATIENT (0, "zsofia.kovacs", "Zsófia Kovács-Őri", 28, "Female"),
  PATIENT (0, "malai.suwan", "มาลัย สุวรรณ", 53, "Female"),
  PATIENT (0, "hans.mueller", "Hans Müller", 82, "Male"),
  PATIENT (0, "selam.tesfaye", "ሰላም ተስፋዬ", 32, "Female"),
  PATIENT (0, "dagur.thorsson", "Dagur Þórsson", 19, "Male"),

  DOCTOR (1, "penney", "Dr. Margaret Penney", "Family Medicine"),
  DOCTOR (1, "obrien", "Dr. Pádraig O’Brien", "Orthopaedics"),
  DESK (1, "desk2", "Siobhán Power"),
  PATIENT (1, "gus.noseworthy", "Gus Noseworthy", 67, "Male"),
  PATIENT (1, "elise.duguay", "Élise Duguay", 38, "Female"),
  PATIENT (1, "harpreet.gill", "Harpreet Gill", 29, "Female"),
  PATIENT (1, "roland.snook", "Roland Snook", 54, "Male"),
  PATIENT (1, "mina.nochasak", "Mina Nochasak", 45, "Female"),
};

static char *
make_id (guint kind, guint number)
{
  /* The same in every demo, so that an app that was signed in to one finds the people of the next.
   */
  return g_strdup_printf ("65a4%04x%016x", kind, number);
}

static gboolean
add_place (RoundsDemo *self, guint position, GError **error)
{
  const PlaceRow *row = &places[position];
  RoundsDemoPlace *place = &self->places[position];
  g_autoptr (RoundsHospital) stored = NULL;

  place->hospital = rounds_hospital_new ();
  place->hospital->id = make_id (1, position + 1);
  place->hospital->name = g_strdup (row->name);
  place->hospital->timezone = g_strdup (row->timezone);
  g_strfreev (place->hospital->departments);
  place->hospital->departments = g_strdupv ((char **)row->departments);
  g_array_unref (place->hospital->openings);
  place->hospital->openings = rounds_openings_new_default ();
  place->doctors = g_ptr_array_new ();
  place->desks = g_ptr_array_new ();
  place->patients = g_ptr_array_new ();
  place->phone_prefix = row->phone_prefix;

  if (!rounds_hospital_repository_find (self->db, place->hospital->id, &stored, error))
    return FALSE;
  return stored != NULL
         || rounds_hospital_repository_insert (self->db, place->hospital, self->now, error);
}

static void
sort_into_place (RoundsDemo *self, const PersonRow *row, RoundsUser *user)
{
  RoundsDemoPlace *place = row->place != NO_PLACE ? &self->places[row->place] : NULL;

  switch (row->role)
    {
    case ROUNDS_ROLE_ADMIN:
      self->admin = user;
      break;
    case ROUNDS_ROLE_DOCTOR:
      g_ptr_array_add (place->doctors, user);
      break;
    case ROUNDS_ROLE_HOSPITAL:
      g_ptr_array_add (place->desks, user);
      break;
    case ROUNDS_ROLE_PATIENT:
      g_ptr_array_add (place->patients, user);
      break;
    default:
      g_assert_not_reached ();
    }
}

static gboolean
add_person (RoundsDemo *self, guint number, const char *password_hash, GError **error)
{
  const PersonRow *row = &people[number];
  const RoundsDemoPlace *place = row->place != NO_PLACE ? &self->places[row->place] : NULL;
  g_autoptr (RoundsUser) stored = NULL;
  RoundsUser *user = rounds_user_new ();

  g_ptr_array_add (self->users, user);
  user->id = make_id (2, number + 1);
  user->name = g_strdup (row->name);
  user->email = g_strconcat (row->account, "@example.org", NULL);
  user->role = row->role;
  user->hospital_id = place != NULL ? g_strdup (place->hospital->id) : NULL;
  user->department = g_strdup (row->department);
  if (place != NULL)
    user->phone = g_strdup_printf ("%s%03u", place->phone_prefix, number + 100);
  user->age = row->age;
  user->gender = g_strdup (row->gender);
  sort_into_place (self, row, user);

  if (!rounds_user_repository_find (self->db, user->id, &stored, error))
    return FALSE;
  return stored != NULL
         || rounds_user_repository_insert (self->db, user, password_hash, self->now, error);
}

gboolean
rounds_demo_add_people (RoundsDemo *self, const char *password_hash, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      if (!add_place (self, i, error))
        return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      if (!add_person (self, i, password_hash, error))
        return FALSE;
    }
  return TRUE;
}
