(* Rules that choose rows by distances: what holds whatever the distances are.

   MDA: the n-f rows of least diameter have a diameter at most that of every n-f rows, hence of the honest ones (Fabris 2023,
   Algorithm 5, after El Mhamdi, Guerraoui, Rouault: The Hidden Vulnerability of Distributed Learning in Byzantium. ICML 2018).
   The distances are any table of integers: squared distances in units, an infinite one being any integer above all others.

   Bulyan (the same paper of 2018; El-Mhamdi, Guerraoui: Fast and Secure Distributed Learning in High Dimension): theta different
   rows are chosen, in whatever way (Krum.v says in which); then, per coordinate, the theta-2f of their values closest to their
   median are averaged. If theta > 2f and G are all of the chosen rows but f, or more, and finite, then the median lies between
   min_G and max_G, and no value kept is farther from it than max_G - min_G. Of the rows that are not Byzantine, all but f, at least
   theta-f are chosen (chosen_honest), and they are such a G; n >= 4f+3 makes theta > 2f for Bulyan, theta = n-2f, and for
   Multi-Bulyan in one pass, theta = n-2f-2. Distances are doubled, as in Rules.v. *)

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

(* h rows are not among the f others *)
Theorem chosen_honest : forall n f h theta C H, (n <= h + f)%nat -> Rows n theta C -> Rows n h H -> (theta - f <= length (meet C H))%nat.
Proof.
  intros n f h theta C H F RC RH. pose proof (rows_incl _ _ _ RC) as IC. pose proof (rows_incl _ _ _ RH) as IH.
  destruct RC as (DC & LC & _), RH as (DH & LH & _).
  pose proof (Permutation_length (meet_without C H)) as P. rewrite app_length in P.
  pose proof (without_few C H (seq 0 n) DC DH IC IH) as W. rewrite seq_length in W. lia.
Qed.

(* C: theta rows, more than 2f; G: all of them but f, or more, finite in this column *)
Section Coordinate.
  Variables (f theta : nat) (x : nat -> value) (v : nat -> Z) (C G : list nat).
  Hypothesis enough : (2 * f < theta)%nat.
  Hypothesis distinct : NoDup C.
  Hypothesis chosen : length C = theta.
  Hypothesis distinct_G : NoDup G.
  Hypothesis inside : incl G C.
  Hypothesis many : (theta - f <= length G)%nat.
  Hypothesis finite : Holds x v G.

  Local Notation lo := (least (map v G)).
  Local Notation hi := (greatest (map v G)).

  Lemma good_facts : G <> [] /\ (length (without C G) <= (length C - 1) / 2)%nat /\ (length C / 2 < length G)%nat.
  Proof.
    pose proof (others C G distinct distinct_G inside) as O. repeat split; try lia.
    intros E. rewrite E in many. simpl in many. lia.
  Qed.

  Lemma good_between : forall i, In i G -> lo <= v i <= hi.
  Proof.
    intros i I. apply least_greatest; [ | apply in_map; exact I].
    destruct G; [destruct I | discriminate].
  Qed.

  Lemma chosen_median_within : forall c, TwiceMedian (map x C) c -> 2 * lo <= c <= 2 * hi.
  Proof. destruct good_facts as (N & L1 & L2). intros c M. apply (median_between x v C G c); assumption. Qed.

  Lemma chosen_kept_within : forall c K, TwiceMedian (map x C) c -> Closest x C (theta - 2 * f) c K ->
    forall k, In k K -> exists u, x k = Fin u /\ Z.abs (2 * u - c) <= 2 * (hi - lo).
  Proof.
    intros c K M (DK & LK & IK & CK) k I. pose proof (chosen_median_within c M) as B. destruct (CK k I) as (u & U & CL). exists u.
    split; [exact U | ].
    destruct (in_dec Nat.eq_dec k G) as [IG | NG].
    - pose proof (finite k IG) as E. rewrite U in E. injection E as ->. pose proof (good_between k IG). lia.
    - destruct (without G K) as [ | h t] eqn:E.
      + exfalso. assert (ND : NoDup (k :: G)) by (constructor; assumption).
        assert (IN : incl (k :: G) K).
        { intros i [<- | J]; [exact I | ]. destruct (in_dec Nat.eq_dec i K) as [ | NK]; [assumption | exfalso].
          assert (W : In i (without G K)) by (apply in_without; tauto). rewrite E in W. destruct W. }
        pose proof (NoDup_incl_length ND IN) as LE. simpl in LE. lia.
      + assert (W : In h (without G K)) by (rewrite E; left; reflexivity). apply in_without in W. destruct W as (W & NK).
        specialize (CL h (v h) (inside h W) NK (finite h W)). pose proof (good_between h W). lia.
  Qed.

  Lemma chosen_some : exists c K, TwiceMedian (map x C) c /\ Closest x C (theta - 2 * f) c K.
  Proof.
    destruct good_facts as (N & L1 & L2). destruct (median_exists x v C G distinct distinct_G inside finite N L1 L2) as (c & M).
    destruct (closest_exists x v C G (theta - 2 * f) c distinct distinct_G inside finite ltac:(lia)) as (K & CK).
    exists c, K. split; assumption.
  Qed.
End Coordinate.

Definition Good (f theta : nat) (x : nat -> value) (v : nat -> Z) (C G : list nat) : Prop :=
  (2 * f < theta)%nat /\ NoDup C /\ length C = theta /\ NoDup G /\ incl G C /\ (theta - f <= length G)%nat /\ Holds x v G.

Theorem chosen_defined : forall f theta x v C G, Good f theta x v C G ->
  exists c K, TwiceMedian (map x C) c /\ Closest x C (theta - 2 * f) c K.
Proof. intros f theta x v C G (E & D & L & DG & I & M & F). exact (chosen_some f theta x v C G E D L DG I M F). Qed.

Theorem chosen_median : forall f theta x v C G c, Good f theta x v C G ->
  TwiceMedian (map x C) c -> 2 * least (map v G) <= c <= 2 * greatest (map v G).
Proof. intros f theta x v C G c (E & D & L & DG & I & M & F). exact (chosen_median_within f theta x v C G E D L DG I M F c). Qed.

Theorem chosen_kept : forall f theta x v C G c K, Good f theta x v C G -> TwiceMedian (map x C) c -> Closest x C (theta - 2 * f) c K ->
  forall k, In k K -> exists u, x k = Fin u /\ Z.abs (2 * u - c) <= 2 * (greatest (map v G) - least (map v G)).
Proof. intros f theta x v C G c K (E & D & L & DG & I & M & F). exact (chosen_kept_within f theta x v C G E D L DG I M F c K). Qed.

(* ---- of Bulyan, theta = n-2f, in terms of all n-f rows of H ---- *)

Theorem bulyan_honest : forall n f C H, (2 * f <= n)%nat -> Rows n (n - 2 * f) C -> Rows n (n - f) H ->
  (n - 2 * f - f <= length (meet C H))%nat.
Proof. intros n f C H F. apply chosen_honest. lia. Qed.

Lemma bulyan_good : forall n f x v C H, (4 * f + 3 <= n)%nat -> Rows n (n - 2 * f) C -> Rows n (n - f) H -> Holds x v H ->
  Good f (n - 2 * f) x v C (meet C H).
Proof.
  intros n f x v C H E RC RH F. pose proof (bulyan_honest n f C H ltac:(lia) RC RH). destruct RC as (D & L & _).
  repeat split; auto; [lia | apply NoDup_filter; exact D | | ]; intros i I; apply in_meet in I; [ | apply F]; tauto.
Qed.

Lemma wider : forall (v : nat -> Z) G H, G <> [] -> incl G H -> least (map v H) <= least (map v G) /\ greatest (map v G) <= greatest (map v H).
Proof.
  intros v G H N I. assert (NG : map v G <> []) by (destruct G; [contradiction | discriminate]).
  assert (NH : map v H <> []) by (destruct G as [ | i G]; [contradiction | destruct H; [destruct (I i (or_introl eq_refl)) | discriminate]]).
  pose proof (incl_map v I) as J. destruct (least_greatest _ NG) as (A & B & _), (least_greatest _ NH) as (_ & _ & W).
  pose proof (W _ (J _ A)). pose proof (W _ (J _ B)). lia.
Qed.

Lemma bulyan_wider : forall n f x v C H, Good f (n - 2 * f) x v C (meet C H) ->
  least (map v H) <= least (map v (meet C H)) /\ greatest (map v (meet C H)) <= greatest (map v H).
Proof.
  intros n f x v C H (E & _ & _ & _ & _ & M & _). apply wider; [ | intros i I; apply in_meet in I; tauto].
  intros Q. rewrite Q in M. simpl in M. lia.
Qed.

Theorem bulyan_defined : forall n f x v C H, (4 * f + 3 <= n)%nat -> Rows n (n - 2 * f) C -> Rows n (n - f) H -> Holds x v H ->
  exists c K, TwiceMedian (map x C) c /\ Closest x C (n - 4 * f) c K.
Proof.
  intros n f x v C H E RC RH F. replace (n - 4 * f)%nat with (n - 2 * f - 2 * f)%nat by lia.
  exact (chosen_defined f (n - 2 * f) x v C (meet C H) (bulyan_good n f x v C H E RC RH F)).
Qed.

Theorem bulyan_median : forall n f x v C H c, (4 * f + 3 <= n)%nat -> Rows n (n - 2 * f) C -> Rows n (n - f) H -> Holds x v H ->
  TwiceMedian (map x C) c -> 2 * least (map v H) <= c <= 2 * greatest (map v H).
Proof.
  intros n f x v C H c E RC RH F M. pose proof (bulyan_good n f x v C H E RC RH F) as GO.
  pose proof (bulyan_wider n f x v C H GO). pose proof (chosen_median _ _ _ _ _ _ c GO M). lia.
Qed.

Theorem bulyan_kept : forall n f x v C H c K, (4 * f + 3 <= n)%nat -> Rows n (n - 2 * f) C -> Rows n (n - f) H -> Holds x v H ->
  TwiceMedian (map x C) c -> Closest x C (n - 4 * f) c K ->
  forall k, In k K -> exists u, x k = Fin u /\ Z.abs (2 * u - c) <= 2 * (greatest (map v H) - least (map v H)).
Proof.
  intros n f x v C H c K E RC RH F M. replace (n - 4 * f)%nat with (n - 2 * f - 2 * f)%nat by lia. intros CK k I.
  pose proof (bulyan_good n f x v C H E RC RH F) as GO. pose proof (bulyan_wider n f x v C H GO).
  destruct (chosen_kept _ _ _ _ _ _ c K GO M CK k I) as (u & U & B). exists u. split; [exact U | lia].
Qed.
