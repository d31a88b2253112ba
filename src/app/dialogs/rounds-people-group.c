/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The rows of a form that say who: people of the directory, added and taken out.
 * What meeting they make is told to it by the dialog.
 */

#include "config.h"

#include <glib/gi18n.h>

#include "rounds-people-group.h"

#include "rounds-entry-words.h"
#include "rounds-person-picker.h"
#include "rounds-person-words.h"
#include "rounds-person.h"

struct _RoundsPeopleGroup
{
  AdwPreferencesGroup parent_instance;

  GtkMenuButton *add_person_button;
  RoundsPersonPicker *picker;
  GtkListBox *people_box;
  GtkLabel *context_label;

  RoundsUser *user; /* who fills in the form, and is not among the rows */
  GListModel *people; /* the directory: of RoundsPerson */
  GListStore *chosen; /* of RoundsPerson */
  GtkFilter *offered_filter;
};

G_DEFINE_FINAL_TYPE (RoundsPeopleGroup, rounds_people_group, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static RoundsUser *
get_user (RoundsPeopleGroup *self, guint position)
{
  g_autoptr (RoundsPerson) person = g_list_model_get_item (G_LIST_MODEL (self->chosen), position);

  return rounds_person_get_user (person);
}

static void
append (RoundsPeopleGroup *self, RoundsPerson *person)
{
  g_list_store_append (self->chosen, person);
  gtk_filter_changed (self->offered_filter, GTK_FILTER_CHANGE_MORE_STRICT);
}

static gboolean
is_offered (gpointer item, gpointer user_data)
{
  RoundsPeopleGroup *self = ROUNDS_PEOPLE_GROUP (user_data);
  RoundsUser *user = rounds_person_get_user (ROUNDS_PERSON (item));
  guint n_chosen = g_list_model_get_n_items (G_LIST_MODEL (self->chosen));

  if (g_str_equal (user->id, self->user->id))
    return FALSE;
  for (guint i = 0; i < n_chosen; i++)
    {
      g_autoptr (RoundsPerson) person = g_list_model_get_item (G_LIST_MODEL (self->chosen), i);

      if (g_str_equal (rounds_person_get_user (person)->id, user->id))
        return FALSE;
    }
  return TRUE;
}

static void
remove_person_cb (GtkButton *button, RoundsPeopleGroup *self)
{
  RoundsPerson *person = g_object_get_data (G_OBJECT (button), "person");
  guint position;

  if (!g_list_store_find (self->chosen, person, &position))
    return;

  g_list_store_remove (self->chosen, position);
  gtk_filter_changed (self->offered_filter, GTK_FILTER_CHANGE_LESS_STRICT);
  gtk_widget_grab_focus (GTK_WIDGET (self->add_person_button));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static GtkWidget *
create_person_row (gpointer item, gpointer user_data)
{
  RoundsUser *user = rounds_person_get_user (ROUNDS_PERSON (item));
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *avatar = adw_avatar_new (28, rounds_person_words_skip_title (user->name), TRUE);
  GtkWidget *button = gtk_button_new_from_icon_name ("list-remove-symbolic");
  /* Translators: takes a person out of a meeting; the person's name */
  g_autofree char *remove = g_strdup_printf (_ ("Take out %s"), user->name);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), user->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), rounds_role_word (user->role));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), avatar);
  gtk_accessible_update_state (GTK_ACCESSIBLE (avatar), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, remove);
  g_object_set_data_full (G_OBJECT (button), "person", g_object_ref (item), g_object_unref);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_person_cb), user_data,
                           G_CONNECT_DEFAULT);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

static void
person_picked_cb (RoundsPeopleGroup *self, RoundsPerson *person)
{
  g_list_store_append (self->chosen, person);
  gtk_filter_changed (self->offered_filter, GTK_FILTER_CHANGE_MORE_STRICT);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
rounds_people_group_dispose (GObject *object)
{
  RoundsPeopleGroup *self = ROUNDS_PEOPLE_GROUP (object);

  if (self->offered_filter != NULL)
    gtk_custom_filter_set_filter_func (GTK_CUSTOM_FILTER (self->offered_filter), NULL, NULL, NULL);
  g_clear_object (&self->offered_filter);
  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_PEOPLE_GROUP);
  g_clear_object (&self->chosen);
  g_clear_object (&self->people);
  g_clear_pointer (&self->user, rounds_user_unref);

  G_OBJECT_CLASS (rounds_people_group_parent_class)->dispose (object);
}

static void
rounds_people_group_class_init (RoundsPeopleGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_people_group_dispose;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", ROUNDS_TYPE_PEOPLE_GROUP, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (ROUNDS_TYPE_PERSON_PICKER);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/rounds_app/Rounds/dialogs/rounds-people-group.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsPeopleGroup, add_person_button);
  gtk_widget_class_bind_template_child (widget_class, RoundsPeopleGroup, picker);
  gtk_widget_class_bind_template_child (widget_class, RoundsPeopleGroup, people_box);
  gtk_widget_class_bind_template_child (widget_class, RoundsPeopleGroup, context_label);
  gtk_widget_class_bind_template_callback (widget_class, person_picked_cb);
}

static void
rounds_people_group_init (RoundsPeopleGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->chosen = g_list_store_new (ROUNDS_TYPE_PERSON);
  gtk_list_box_bind_model (self->people_box, G_LIST_MODEL (self->chosen), create_person_row, self,
                           NULL);
}

/**
 * rounds_people_group_set_up:
 * @people: (transfer none): of RoundsPerson, who can be added
 * @user: (transfer none): who fills in the form
 */
void
rounds_people_group_set_up (RoundsPeopleGroup *self, GListModel *people, RoundsUser *user)
{
  g_autoptr (GtkFilterListModel) offered = NULL;

  g_return_if_fail (ROUNDS_IS_PEOPLE_GROUP (self));
  g_return_if_fail (G_IS_LIST_MODEL (people));
  g_return_if_fail (self->people == NULL);

  self->people = g_object_ref (people);
  self->user = rounds_user_ref (user);
  self->offered_filter = GTK_FILTER (gtk_custom_filter_new (is_offered, self, NULL));
  offered = gtk_filter_list_model_new (g_object_ref (people), g_object_ref (self->offered_filter));
  rounds_person_picker_set_people (self->picker, G_LIST_MODEL (offered));
}

/**
 * rounds_people_group_add:
 * @id: of a person
 * @is_recorded: whether a record names the person, seen or not
 */
void
rounds_people_group_add (RoundsPeopleGroup *self, const char *id, gboolean is_recorded)
{
  GListModel *people = self->people;
  g_autoptr (RoundsUser) unseen = NULL;
  g_autoptr (RoundsPerson) stranger = NULL;

  g_return_if_fail (ROUNDS_IS_PEOPLE_GROUP (self));

  for (guint i = 0; i < g_list_model_get_n_items (people); i++)
    {
      g_autoptr (RoundsPerson) person = g_list_model_get_item (people, i);

      if (g_strcmp0 (rounds_person_get_user (person)->id, id) == 0)
        {
          append (self, person);
          return;
        }
    }
  if (!is_recorded)
    return;

  /* Somebody who is not in the directory stays among the people as who cannot be seen. */
  unseen = rounds_user_new ();
  unseen->id = g_strdup (id);
  unseen->name = g_strdup (_ ("Somebody you can’t see"));
  stranger = rounds_person_new (unseen);
  append (self, stranger);
}

/**
 * rounds_people_group_collect_roles:
 * @roles: (out caller-allocates): of the people
 *
 * Returns: how many they are
 */
gsize
rounds_people_group_collect_roles (RoundsPeopleGroup *self,
                                   RoundsRole roles[ROUNDS_MAX_PARTICIPANTS])
{
  gsize n_roles;

  g_return_val_if_fail (ROUNDS_IS_PEOPLE_GROUP (self), 0);

  n_roles = MIN (g_list_model_get_n_items (G_LIST_MODEL (self->chosen)),
                 (guint)ROUNDS_MAX_PARTICIPANTS);
  for (gsize i = 0; i < n_roles; i++)
    roles[i] = get_user (self, (guint)i)->role;
  return n_roles;
}

/**
 * rounds_people_group_collect_ids:
 * @ids: gets the people's, in the order of the rows
 */
void
rounds_people_group_collect_ids (RoundsPeopleGroup *self, GStrvBuilder *ids)
{
  g_return_if_fail (ROUNDS_IS_PEOPLE_GROUP (self));

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->chosen)); i++)
    g_strv_builder_add (ids, get_user (self, i)->id);
}

/**
 * rounds_people_group_say:
 * @count: (nullable): how many they are
 * @words: what they make, or why they do not
 * @is_wrong: whether they do not
 */
void
rounds_people_group_say (RoundsPeopleGroup *self, const char *count, const char *words,
                         gboolean is_wrong)
{
  g_return_if_fail (ROUNDS_IS_PEOPLE_GROUP (self));

  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), count != NULL ? count : "");
  gtk_label_set_label (self->context_label, words);
  if (is_wrong)
    gtk_widget_add_css_class (GTK_WIDGET (self->context_label), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->context_label), "error");
}

/**
 * rounds_people_group_write:
 * @draft: gets who is among the rows
 */
void
rounds_people_group_write (RoundsPeopleGroup *self, JsonObject *draft)
{
  JsonArray *people = json_array_new ();

  g_return_if_fail (ROUNDS_IS_PEOPLE_GROUP (self));

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->chosen)); i++)
    json_array_add_string_element (people, get_user (self, i)->id);
  json_object_set_array_member (draft, "participants", people);
}

/**
 * rounds_people_group_restore:
 * @draft: of rounds_people_group_write(); who is not in the directory any more is left out
 */
void
rounds_people_group_restore (RoundsPeopleGroup *self, JsonObject *draft)
{
  JsonNode *node = json_object_get_member (draft, "participants");
  JsonArray *ids = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  g_return_if_fail (ROUNDS_IS_PEOPLE_GROUP (self));

  g_list_store_remove_all (self->chosen);
  for (guint i = 0; ids != NULL && i < json_array_get_length (ids); i++)
    rounds_people_group_add (self, json_array_get_string_element (ids, i), FALSE);
  gtk_filter_changed (self->offered_filter, GTK_FILTER_CHANGE_DIFFERENT);
}
