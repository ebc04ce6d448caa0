(* Rules that choose rows by distances: what holds whatever the distances are.

   MDA: the n-f rows of least diameter have a diameter at most that of every n-f rows, hence of the honest ones (Fabris 2023,
   Algorithm 5, after El Mhamdi, Guerraoui, Rouault: The Hidden Vulnerability of Distributed Learning in Byzantium. ICML 2018).
   The distances are any table of integers: squared distances in units, an infinite one being any integer above all others.

   Bulyan (the same paper of 2018; El-Mhamdi, Guerraoui: Fast and Secure Distributed Learning in High Dimension): theta = n-2f
   different rows are chosen, in whatever way; then, per coordinate, the theta-2f of their values closest to their median are
   averaged. For every set H of n-f finite rows and n >= 4f+3: at least theta-f of the chosen are in H, their median lies between
   min_H and max_H, and no value kept is farther from it than max_H - min_H. Distances are doubled, as in Rules.v. *)

Require Import ZArith QArith Qabs List Permutation Sorted Lia ZifyNat.
From Certigar Require Import Lists Bounds Rules Columns.
Import ListNotations.
Open Scope Z_scope.

Ltac Zify.zify_post_hook ::= Z.to_euclidean_division_equations.

(* ---- MDA ---- *)

Definition diameter (D : nat -> nat -> Z) (T : list nat) : Z := greatest (map (fun p => D (fst p) (snd p)) (list_prod T T)).

Definition IsMda (n f : nat) (D : nat -> nat -> Z) (T : list nat) : Prop :=
  Rows n (n - f) T /\ forall S, Rows n (n - f) S -> diameter D T <= diameter D S.

Theorem diameter_greatest : forall D T, T <> [] ->
  (exists i j, In i T /\ In j T /\ diameter D T = D i j) /\ forall i j, In i T -> In j T -> D i j <= diameter D T.
Proof.
  intros D T N. set (l := map (fun p => D (fst p) (snd p)) (list_prod T T)).
  assert (IN : forall i j, In i T -> In j T -> In (D i j) l).
  { intros i j I J. apply in_map_iff. exists (i, j). split; [reflexivity | ]. apply in_prod; assumption. }
  assert (NL : l <> []).
  { intros E. destruct T as [ | i T']; [contradiction | ]. specialize (IN i i (or_introl eq_refl) (or_introl eq_refl)).
    rewrite E in IN. destruct IN. }
  destruct (least_greatest l NL) as (_ & G & B). split.
  - apply in_map_iff in G. destruct G as ((i & j) & E & P). apply in_prod_iff in P. exists i, j. simpl in E.
    repeat split; [apply P | apply P | ].
    unfold diameter. symmetry. exact E.
  - intros i j I J. apply B. apply IN; assumption.
Qed.

Theorem mda_diameter : forall n f D T S, IsMda n f D T -> Rows n (n - f) S -> diameter D T <= diameter D S.
Proof. intros n f D T S (_ & L) R. apply L. exact R. Qed.

Theorem mda_distances : forall n f D T S, (f < n)%nat -> IsMda n f D T -> Rows n (n - f) S ->
  forall i j, In i T -> In j T -> exists k l, In k S /\ In l S /\ D i j <= D k l.
Proof.
  intros n f D T S F M R i j I J.
  assert (NT : T <> []) by (intros ->; destruct I).
  assert (NS : S <> []) by (intros ->; destruct R as (_ & L & _); simpl in L; lia).
  destruct (diameter_greatest D S NS) as ((k & l & K & L & E) & _). exists k, l. repeat split; auto.
  rewrite <- E. transitivity (diameter D T); [apply diameter_greatest; auto | apply (mda_diameter n f D T S); auto].
Qed.

(* ---- Bulyan ---- *)

Lemma rows_incl : forall n k S, Rows n k S -> incl S (seq 0 n).
Proof. intros n k S (_ & _ & I) i H. apply in_seq. specialize (I i H). lia. Qed.

Theorem bulyan_honest : forall n f C H, (2 * f <= n)%nat -> Rows n (n - 2 * f) C -> Rows n (n - f) H ->
  (n - 2 * f - f <= length (meet C H))%nat.
Proof.
  intros n f C H F RC RH. pose proof (rows_incl _ _ _ RC) as IC. pose proof (rows_incl _ _ _ RH) as IH.
  destruct RC as (DC & LC & _), RH as (DH & LH & _).
  pose proof (Permutation_length (meet_without C H)) as P. rewrite app_length in P.
  pose proof (without_few C H (seq 0 n) DC DH IC IH) as W. rewrite seq_length in W. lia.
Qed.

Section Coordinate.
  Variables (n f : nat) (x : nat -> value) (v : nat -> Z) (C H : list nat).
  Hypothesis enough : (4 * f + 3 <= n)%nat.
  Hypothesis chosen : Rows n (n - 2 * f) C.
  Hypothesis honest : Rows n (n - f) H.
  Hypothesis finite : Holds x v H.

  Local Notation lo := (least (map v H)).
  Local Notation hi := (greatest (map v H)).

  Lemma meet_facts : NoDup C /\ NoDup (meet C H) /\ incl (meet C H) C /\ Holds x v (meet C H) /\ meet C H <> []
    /\ (length (without C (meet C H)) <= (length C - 1) / 2)%nat /\ (length C / 2 < length (meet C H))%nat.
  Proof.
    pose proof (bulyan_honest n f C H ltac:(lia) chosen honest) as L. destruct chosen as (D & LC & _).
    assert (DM : NoDup (meet C H)) by (apply NoDup_filter; exact D).
    assert (IM : incl (meet C H) C) by (intros i I; apply in_meet in I; tauto).
    pose proof (others C (meet C H) D DM IM) as O. repeat split; auto; try lia.
    - intros i I. apply finite. apply in_meet in I. tauto.
    - intros E. rewrite E in L. simpl in L. lia.
  Qed.

  Lemma honest_between : forall i, In i H -> lo <= v i <= hi.
  Proof.
    intros i I. apply least_greatest; [ | apply in_map; exact I].
    destruct H; [destruct I | discriminate].
  Qed.

  Lemma bulyan_median_within : forall c, TwiceMedian (map x C) c -> 2 * lo <= c <= 2 * hi.
  Proof.
    intros c M. destruct meet_facts as (D & DM & IM & FM & NM & L1 & L2).
    pose proof (median_between x v C (meet C H) c D DM IM FM NM L1 L2 M) as B.
    assert (N : map v (meet C H) <> []) by (destruct (meet C H); [contradiction | discriminate]).
    destruct (least_greatest _ N) as (IL & IG & _). apply in_map_iff in IL, IG. destruct IL as (i & EI & I), IG as (j & EJ & J).
    apply in_meet in I, J. pose proof (honest_between i (proj2 I)). pose proof (honest_between j (proj2 J)). lia.
  Qed.

  Lemma bulyan_kept_within : forall c K, TwiceMedian (map x C) c -> Closest x C (n - 4 * f) c K ->
    forall k, In k K -> exists u, x k = Fin u /\ Z.abs (2 * u - c) <= 2 * (hi - lo).
  Proof.
    intros c K M (DK & LK & IK & CK) k I. pose proof (bulyan_median_within c M) as B. destruct (CK k I) as (u & U & CL). exists u.
    split; [exact U | ].
    destruct (in_dec Nat.eq_dec k H) as [IH | NH].
    - pose proof (finite k IH) as E. rewrite U in E. injection E as ->. pose proof (honest_between k IH). lia.
    - destruct (without (meet C H) K) as [ | h t] eqn:E.
      + exfalso. pose proof (bulyan_honest n f C H ltac:(lia) chosen honest) as L.
        assert (ND : NoDup (k :: meet C H)).
        { constructor; [rewrite in_meet; tauto | apply NoDup_filter; apply chosen]. }
        assert (IN : incl (k :: meet C H) K).
        { intros i [<- | J]; [exact I | ]. destruct (in_dec Nat.eq_dec i K) as [ | NK]; [assumption | exfalso].
          assert (W : In i (without (meet C H) K)) by (apply in_without; tauto). rewrite E in W. destruct W. }
        pose proof (NoDup_incl_length ND IN) as LE. simpl in LE. lia.
      + assert (W : In h (without (meet C H) K)) by (rewrite E; left; reflexivity). apply in_without in W. destruct W as (W & NK).
        apply in_meet in W. destruct W as (WC & WH). specialize (CL h (v h) WC NK (finite h WH)).
        pose proof (honest_between h WH). lia.
  Qed.

  Lemma bulyan_some : exists c K, TwiceMedian (map x C) c /\ Closest x C (n - 4 * f) c K.
  Proof.
    destruct meet_facts as (D & DM & IM & FM & NM & L1 & L2).
    destruct (median_exists x v C (meet C H) D DM IM FM NM L1 L2) as (c & M).
    pose proof (bulyan_honest n f C H ltac:(lia) chosen honest) as L.
    destruct (closest_exists x v C (meet C H) (n - 4 * f) c D DM IM FM ltac:(lia)) as (K & CK).
    exists c, K. split; assumption.
  Qed.
End Coordinate.

Theorem bulyan_defined : forall n f x v C H, (4 * f + 3 <= n)%nat -> Rows n (n - 2 * f) C -> Rows n (n - f) H -> Holds x v H ->
  exists c K, TwiceMedian (map x C) c /\ Closest x C (n - 4 * f) c K.
Proof. intros n f x v C H. apply bulyan_some. Qed.

Theorem bulyan_median : forall n f x v C H c, (4 * f + 3 <= n)%nat -> Rows n (n - 2 * f) C -> Rows n (n - f) H -> Holds x v H ->
  TwiceMedian (map x C) c -> 2 * least (map v H) <= c <= 2 * greatest (map v H).
Proof. intros n f x v C H c E RC RH F. apply (bulyan_median_within n f x v C H E RC RH F). Qed.

Theorem bulyan_kept : forall n f x v C H c K, (4 * f + 3 <= n)%nat -> Rows n (n - 2 * f) C -> Rows n (n - f) H -> Holds x v H ->
  TwiceMedian (map x C) c -> Closest x C (n - 4 * f) c K ->
  forall k, In k K -> exists u, x k = Fin u /\ Z.abs (2 * u - c) <= 2 * (greatest (map v H) - least (map v H)).
Proof. intros n f x v C H c K E RC RH F. apply (bulyan_kept_within n f x v C H E RC RH F). Qed.
