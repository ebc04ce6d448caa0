(* The rows nearest to one row, and the rows of least norm: nearest neighbour mixing, MoNNA and CGE (spec/rules.md, sections 6 and 8).

   Y. Allouah, S. Farhadkhani, R. Guerraoui, N. Gupta, R. Pinot, J. Stephan: Fixing by Mixing. AISTATS 2023 (nnm: of row p, for every p);
   S. Farhadkhani et al.: Robust Collaborative Learning with Linear Gradient Overhead. ICML 2023 (MoNNA: of one pivot p); N. Gupta, S. Liu, N. Vaidya:
   Byzantine Fault-Tolerant Distributed Machine Learning using SGD and Norm-Based Comparative Gradient Elimination. arXiv 2008.04699, 2020 (CGE).

   The mean is taken of n-f different rows, row p among them (nearest_rows), and no row left out is nearer to p than one of them; of equally near
   ones the smaller is kept (nearest_left_out), but for row p, which is kept by definition: rows equal to it are as near. Distances are those of
   Krum.v. If at most f rows are non-finite, a finite row p has n-f-1 finite others, at finite distances, so that its mean is one of finite rows
   (nearest_finite).

   How this meets ACSL. IsFirst of the distances to p among the other rows is IsChoice of spec/acsl/krum.h with pivot p, or, of norms, with the
   distances from the centre, and the integer Infinity for Infinite. This paragraph is not a theorem: it is for the reader who compares the two
   texts. *)

Require Import ZArith List Permutation Sorted Lia.
From Certigar Require Import Lists Bounds Rules Krum Ranking.
Import ListNotations.
Open Scope Z_scope.

(* K: row p and the least n-f-1 of (D_pj) among the other rows *)
Definition IsNearest (n f : nat) (D : nat -> nat -> extended) (p : nat) (K : list nat) : Prop :=
  exists C, IsFirst at_most (D p) (n - f - 1) (except (seq 0 n) p) C /\ K = p :: C.

(* C: the least n-f of (N), the squared norms *)
Definition IsCge (n f : nat) (N : nat -> extended) (C : list nat) : Prop := IsFirst at_most N (n - f) (seq 0 n) C.

Lemma at_most_decided : forall a b, {at_most a b} + {~ at_most a b}.
Proof. intros [v | ] [w | ]; simpl; auto. apply Z_le_dec. Qed.

Lemma at_most_or : forall a b, at_most a b \/ at_most b a.
Proof. intros a b. destruct (at_most_total a b); auto. Qed.

(* ---- nnm and MoNNA ---- *)

Theorem nearest_chosen : forall n f D p, exists! K, IsNearest n f D p K.
Proof.
  intros n f D p.
  destruct (first_exists _ _ at_most_decided at_most_or at_most_trans (D p) (n - f - 1) (except (seq 0 n) p)) as (C & H).
  exists (p :: C). split; [exists C; auto | ]. intros K (C' & H' & ->). f_equal. exact (first_unique _ _ (D p) _ _ _ _ H H').
Qed.

Lemma others_length : forall n p, (p < n)%nat -> length (except (seq 0 n) p) = (n - 1)%nat.
Proof.
  intros n p P. pose proof (except_length (seq 0 n) p (seq_NoDup n 0) ltac:(apply in_seq; lia)) as E. rewrite seq_length in E. lia.
Qed.

Theorem nearest_rows : forall n f D p K, (f < n)%nat -> (p < n)%nat -> IsNearest n f D p K -> Rows n (n - f) K /\ In p K.
Proof.
  intros n f D p K F P (C & H & ->). pose proof (others_length n p P) as L.
  destruct (first_rows _ _ (D p) (n - f - 1) (except (seq 0 n) p) C (NoDup_filter _ (seq_NoDup n 0)) ltac:(lia) H) as (N & LC & I).
  split; [ | left; reflexivity]. split; [ | split].
  - constructor; [ | exact N]. intros J. apply I, in_except in J. tauto.
  - simpl. lia.
  - intros i [<- | J]; [exact P | ]. apply I, in_except in J. destruct J as (J & _). apply in_seq in J. lia.
Qed.

(* k is one of them and j is not: D_pk <= D_pj, and of equal ones the smaller row is kept *)
Theorem nearest_left_out : forall n f finite d p K k j, (forall i j, 0 <= d i j) -> IsNearest n f (distance finite d) p K ->
  In k K -> (j < n)%nat -> ~ In j K ->
  at_most (distance finite d p k) (distance finite d p j) /\ (k <> p -> distance finite d p k = distance finite d p j -> (k < j)%nat).
Proof.
  intros n f finite d p K k j PD (C & H & ->) KK J NJ.
  assert (JT : In j (except (seq 0 n) p)) by (apply in_except; split; [apply in_seq; lia | intros ->; apply NJ; left; reflexivity]).
  destruct KK as [<- | KC].
  - split; [ | intros Q; contradiction]. unfold distance at 1. rewrite Nat.eqb_refl. unfold distance.
    destruct (p =? j)%nat; [simpl; lia | ]. destruct (finite p && finite j)%bool; simpl; auto.
  - destruct (first_left_out _ _ (distance finite d p) _ _ _ k j H KC JT ltac:(intros I; apply NJ; right; exact I)) as (L & M).
    split; [exact L | ]. intros _ E. apply M. rewrite E. destruct (distance finite d p j); simpl; auto. lia.
Qed.

Theorem nearest_finite : forall n f finite d p K, (f < n)%nat -> (p < n)%nat -> (nonfinite finite (seq 0 n) <= f)%nat -> finite p = true ->
  IsNearest n f (distance finite d) p K -> forall i, In i K -> finite i = true.
Proof.
  intros n f finite d p K F P NF FP H i I. destruct (finite i) eqn:FI; [reflexivity | exfalso].
  destruct (nearest_rows n f _ p K F P H) as ((DK & LK & IK) & _). pose proof (rows_finite n f finite NF) as L.
  destruct (good_left_out K (filter finite (seq 0 n)) i (NoDup_filter _ (seq_NoDup n 0)) ltac:(lia) I) as (j & J & NJ).
  { rewrite filter_In. intros (_ & Q). congruence. }
  (* row j is finite and left out: it is nearer than row i *)
  apply filter_In in J. destruct J as (J & FJ). destruct H as (C & H & ->).
  assert (PJ : p <> j) by (intros ->; apply NJ; left; reflexivity). assert (PI : p <> i) by congruence.
  destruct I as [-> | I]; [contradiction | ].
  assert (JT : In j (except (seq 0 n) p)) by (apply in_except; auto).
  destruct (first_left_out _ _ (distance finite d p) _ _ _ i j H I JT ltac:(intros Q; apply NJ; right; exact Q)) as (Q & _).
  unfold distance in Q. apply Nat.eqb_neq in PJ, PI. rewrite PJ, PI, FP, FI, FJ in Q. exact Q.
Qed.

(* ---- CGE ---- *)

Theorem cge_rows : forall n f N C, IsCge n f N C -> Rows n (n - f) C.
Proof.
  intros n f N C H. destruct (first_rows _ _ N (n - f) (seq 0 n) C (seq_NoDup n 0) ltac:(rewrite seq_length; lia) H) as (D & L & I).
  split; [exact D | ]. split; [exact L | ]. intros i J. apply I, in_seq in J. lia.
Qed.

Theorem cge_left_out : forall n f N C i j, IsCge n f N C -> In i C -> (j < n)%nat -> ~ In j C -> at_most (N i) (N j) /\ (N i = N j -> (i < j)%nat).
Proof.
  intros n f N C i j H I J NJ. destruct (first_left_out _ _ N _ _ _ i j H I (proj2 (in_seq n 0 j) ltac:(lia)) NJ) as (L & M).
  split; [exact L | ]. intros E. apply M. rewrite E. destruct (N j); simpl; auto. lia.
Qed.
