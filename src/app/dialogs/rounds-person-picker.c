/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A popover that finds a person of the directory: type a name, choose a row.
 * Which people are offered is the filter of whoever opens it.
 */

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "rounds-person-picker.h"

#include "rounds-entry-words.h"
#include "rounds-person-words.h"

struct _RoundsPersonPicker
{
  GtkPopover parent_instance;

  GtkSearchEntry *search_entry;
  GtkListView *list_view;
  GtkStack *stack;
  GtkCustomFilter *filter;
  GtkFilterListModel *found;
  GtkSingleSelection *selection;

  char **words; /* what is searched for, case-folded */
};

G_DEFINE_FINAL_TYPE (RoundsPersonPicker, rounds_person_picker, GTK_TYPE_POPOVER)

enum
{
  SIGNAL_PICKED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

/* Every word has to begin a word of the name or the e-mail address. */
static gboolean
matches_search (gpointer item, gpointer user_data)
{
  RoundsPersonPicker *self = ROUNDS_PERSON_PICKER (user_data);
  RoundsUser *user = rounds_person_get_user (ROUNDS_PERSON (item));

  for (gsize i = 0; self->words != NULL && self->words[i] != NULL; i++)
    {
      if (!g_str_match_string (self->words[i], user->name, TRUE)
          && (user->email == NULL || !g_str_match_string (self->words[i], user->email, TRUE)))
        return FALSE;
    }
  return TRUE;
}

static void
show_found (RoundsPersonPicker *self)
{
  guint n_found = g_list_model_get_n_items (G_LIST_MODEL (self->found));

  gtk_stack_set_visible_child_name (self->stack, n_found > 0 ? "list" : "empty");
}

static void
search_changed_cb (RoundsPersonPicker *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));

  g_clear_pointer (&self->words, g_strfreev);
  self->words = g_str_tokenize_and_fold (text, NULL, NULL);
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
}

static void
pick (RoundsPersonPicker *self, guint position)
{
  g_autoptr (RoundsPerson) person = g_list_model_get_item (G_LIST_MODEL (self->found), position);

  if (person == NULL)
    return;

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[SIGNAL_PICKED], 0, person);
}

static void
row_activated_cb (RoundsPersonPicker *self, guint position)
{
  pick (self, position);
}

static void
search_activated_cb (RoundsPersonPicker *self)
{
  pick (self, gtk_single_selection_get_selected (self->selection));
}

static void
setup_row_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *avatar = adw_avatar_new (28, NULL, TRUE);
  GtkWidget *labels = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *name = gtk_label_new (NULL);
  GtkWidget *role = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (role), 0);
  gtk_label_set_ellipsize (GTK_LABEL (role), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (role, "caption");
  gtk_widget_add_css_class (role, "dimmed");
  gtk_box_append (GTK_BOX (labels), name);
  gtk_box_append (GTK_BOX (labels), role);
  gtk_box_append (GTK_BOX (box), avatar);
  gtk_box_append (GTK_BOX (box), labels);
  gtk_accessible_update_state (GTK_ACCESSIBLE (avatar), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_list_item_set_child (item, box);
}

static void
bind_row_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  RoundsUser *user = rounds_person_get_user (ROUNDS_PERSON (gtk_list_item_get_item (item)));
  GtkWidget *avatar = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *name = gtk_widget_get_first_child (gtk_widget_get_next_sibling (avatar));
  GtkWidget *role = gtk_widget_get_next_sibling (name);
  g_autofree char *about = NULL;

  about = user->department != NULL
              ? g_strdup_printf ("%s · %s", rounds_role_word (user->role), user->department)
          : user->role == ROUNDS_ROLE_PATIENT && user->email != NULL
              ? g_strdup (user->email)
              : g_strdup (rounds_role_word (user->role));

  adw_avatar_set_text (ADW_AVATAR (avatar), rounds_person_words_skip_title (user->name));
  gtk_label_set_label (GTK_LABEL (name), user->name);
  gtk_label_set_label (GTK_LABEL (role), about);
  gtk_list_item_set_accessible_label (item, user->name);
  gtk_list_item_set_accessible_description (item, about);
}

static void
rounds_person_picker_show (GtkWidget *widget)
{
  RoundsPersonPicker *self = ROUNDS_PERSON_PICKER (widget);

  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  GTK_WIDGET_CLASS (rounds_person_picker_parent_class)->show (widget);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

static void
rounds_person_picker_dispose (GObject *object)
{
  RoundsPersonPicker *self = ROUNDS_PERSON_PICKER (object);

  /* The filter looks at us; it may live on in the list view for a moment. */
  if (self->filter != NULL)
    gtk_custom_filter_set_filter_func (self->filter, NULL, NULL, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_PERSON_PICKER);
  g_clear_pointer (&self->words, g_strfreev);

  G_OBJECT_CLASS (rounds_person_picker_parent_class)->dispose (object);
}

static void
rounds_person_picker_class_init (RoundsPersonPickerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rounds_person_picker_dispose;
  widget_class->show = rounds_person_picker_show;

  /**
   * RoundsPersonPicker::picked:
   * @person: the #RoundsPerson that was chosen
   */
  signals[SIGNAL_PICKED] = g_signal_new ("picked", ROUNDS_TYPE_PERSON_PICKER, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, ROUNDS_TYPE_PERSON);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/rounds_app/Rounds/dialogs/rounds-person-picker.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsPersonPicker, search_entry);
  gtk_widget_class_bind_template_child (widget_class, RoundsPersonPicker, list_view);
  gtk_widget_class_bind_template_child (widget_class, RoundsPersonPicker, stack);
  gtk_widget_class_bind_template_child (widget_class, RoundsPersonPicker, filter);
  gtk_widget_class_bind_template_child (widget_class, RoundsPersonPicker, found);
  gtk_widget_class_bind_template_child (widget_class, RoundsPersonPicker, selection);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_row_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_row_cb);
}

static void
rounds_person_picker_init (RoundsPersonPicker *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  gtk_custom_filter_set_filter_func (self->filter, matches_search, self, NULL);
  g_signal_connect_object (self->found, "items-changed", G_CALLBACK (show_found), self,
                           G_CONNECT_SWAPPED);
  show_found (self);
}

/**
 * rounds_person_picker_set_people:
 * @people: a model of #RoundsPerson
 */
void
rounds_person_picker_set_people (RoundsPersonPicker *self, GListModel *people)
{
  g_return_if_fail (ROUNDS_IS_PERSON_PICKER (self));
  g_return_if_fail (G_IS_LIST_MODEL (people));

  gtk_filter_list_model_set_model (self->found, people);
  show_found (self);
}
