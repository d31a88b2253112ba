/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Two devices of one doctor behind a bad network, and what they did.
 * It judges nothing; the test does.
 */

#pragma once

#include "fault-proxy.h"
#include "rounds-sync-private.h"
#include "server-fixture.h"

G_BEGIN_DECLS

#define FAULT_N_DEVICES 2

/* One sign-in, over many runs: its tokens are refreshed on the way. */
typedef struct
{
  char *access_token;
  char *refresh_token;
} FaultSession;

/* A server and who is signed in there. */
typedef struct
{
  ServerFixture *server;
  RoundsUser *doctor;
  RoundsUser *colleague;
  char *department;
  FaultSession sessions[FAULT_N_DEVICES + 1]; /* the last is the test's own, past the bad network */
} FaultHospital;

typedef struct
{
  FaultSession *session; /* borrowed */
  RoundsApi *api;
  RoundsStore *store;
  RoundsSync *sync;
  RoundsEntryList *list;
} FaultDevice;

/* One thing that somebody did, whose mark is in the record: a title, a reason, a line of notes. */
typedef struct
{
  char *mark;
  char *about; /* the mark of the record's making; NULL: this is it */
  DexFuture *done; /* NULL: nobody waits for it */
} FaultDeed;

typedef struct
{
  FaultHospital *hospital; /* borrowed */
  GRand *random;
  guint32 seed;
  FaultProxy *proxy;
  RoundsApi *direct;
  RoundsClock *clock;
  FaultDevice devices[FAULT_N_DEVICES];
  GPtrArray *deeds; /* FaultDeed */
} FaultRun;

FaultHospital *fault_hospital_new (void);
void fault_hospital_free (FaultHospital *self);

/* Both devices have fetched everything, and the network is bad from here on. */
FaultRun *fault_run_new (FaultHospital *hospital, guint32 seed);
void fault_run_free (FaultRun *self);
/* Somebody does something on one of the devices, and a little time passes. */
void fault_run_take_step (FaultRun *self);
/* The network is good again: waits until everything is sent and both have the last word. */
void fault_run_come_to_rest (FaultRun *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FaultHospital, fault_hospital_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FaultRun, fault_run_free)

G_END_DECLS
