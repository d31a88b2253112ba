/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Records and stores for the tests of this room.
 * No test stands here.
 */

#pragma once

#include "rounds-store.h"

G_BEGIN_DECLS

/* 2024-01-15T08:00:00Z */
#define MORNING G_GINT64_CONSTANT (1705305600000000)

/* Ids are 24 digits ending in @number; it starts @number × 30 minutes after MORNING. */
RoundsAppointment *make_appointment (int number, const char *patient_name);
RoundsMeeting *make_meeting (int number, const char *title);
RoundsUser *make_user (int number, const char *name);
RoundsHospital *make_hospital (int number, const char *name);
/* (transfer full): 24 digits ending in @number */
char *make_id (int number);

/* @count appointments "Patient 0" … */
GPtrArray *make_appointments (int count);
GPtrArray *new_appointments (void);
GPtrArray *new_meetings (void);
GPtrArray *new_users (void);
GPtrArray *new_hospitals (void);

/* An open one in memory. */
RoundsStore *open_store (void);
/* A list that has its first answer. */
RoundsEntryList *list_all (RoundsStore *store, const RoundsStoreQuery *query);
/* The titles in their order, joined by ", ". (transfer full) */
char *join_titles (GListModel *list);
/* Iterates until @list shows exactly @titles. */
void wait_for_titles (RoundsEntryList *list, const char *titles);
/* Saves and waits. Takes the record. */
void save_appointment (RoundsStore *store, RoundsAppointment *appointment);
void save_meeting (RoundsStore *store, RoundsMeeting *meeting);
/* The server says that it is gone, and no more. Waits. */
void remove_record (RoundsStore *store, RoundsEntryKind kind, const char *id);

G_END_DECLS
