(* From a column with infinities and NaN to integers: what the ranks that f rows cannot reach are.

   S: rows that are finite, R: all others of the rows T. The values of R are replaced, if they are not finite, by integers
   beyond all finite ones on the same side; that keeps the order, so ranks stay where they are, and the middle ranks, which lie
   between values of S, are finite and unchanged (middle_ranks). *)

Require Import ZArith QArith Qabs List Permutation Sorted Lia.
From Certigar Require Import Lists Bounds Rules.
Import ListNotations.
Open Scope Z_scope.

(* ---- the order ---- *)

Lemma le_total : forall a b, {le a b} + {le b a}.
Proof.
  intros [ | v | | ] [ | w | | ]; simpl; auto. destruct (Z_le_gt_dec v w); [left | right]; lia.
Qed.

Lemma le_trans : forall a b c, le a b -> le b c -> le a c.
Proof. intros [ | v | | ] [ | w | | ] [ | u | | ]; simpl; try tauto. lia. Qed.

Lemma ranks_exist : forall l, exists s, Ranks l s.
Proof. intros l. destruct (sort_exists value le le_total le_trans l) as (s & H & P). exists s. split; assumption. Qed.

(* ---- infinities as integers ---- *)

Definition clamp (C : Z) (a : value) : Z := match a with MinusInf => - C | Fin v => v | PlusInf => C | NaN => C end.

Lemma bounded : forall l, exists B, 0 <= B /\ forall v, In (Fin v) l -> Z.abs v <= B.
Proof.
  induction l as [ | a l (B & PB & H)]; [exists 0; split; [lia | intros v []] | ].
  exists (match a with Fin v => Z.max B (Z.abs v) | _ => B end). split.
  - destruct a; lia.
  - intros v [-> | V]; [lia | ]. specialize (H v V). destruct a; lia.
Qed.

Lemma clamp_sorted : forall C s, StronglySorted le s -> 0 <= C -> (forall v, In (Fin v) s -> Z.abs v <= C) ->
  StronglySorted Z.le (map (clamp C) s).
Proof.
  induction 1 as [ | a s H IH F]; intros PC B; simpl; [constructor | ].
  constructor.
  - apply IH; auto. intros v V. apply B. simpl. auto.
  - rewrite Forall_forall in *. intros w W. apply in_map_iff in W. destruct W as (b & <- & V).
    specialize (F b V). destruct a as [ | v | | ], b as [ | u | | ]; simpl in *; try tauto; try lia.
    + assert (Z.abs u <= C) by (apply B; auto). lia.
    + assert (Z.abs v <= C) by (apply B; auto). lia.
    + assert (Z.abs v <= C) by (apply B; auto). lia.
Qed.

Section Column.
  Variables (x : nat -> value) (v : nat -> Z) (T S : list nat) (s : list value).
  Hypothesis distinct : NoDup T.
  Hypothesis distinct_S : NoDup S.
  Hypothesis inside : incl S T.
  Hypothesis finite : Holds x v S.
  Hypothesis ranks : Ranks (map x T) s.
  Hypothesis some : S <> [].

  Lemma split_rows : Permutation T (S ++ without T S).
  Proof.
    rewrite (meet_without T S) at 1. apply Permutation_app_tail.
    apply NoDup_Permutation; [apply NoDup_filter; exact distinct | exact distinct_S | ].
    intros i. rewrite in_meet. split; [tauto | auto].
  Qed.

  Lemma others : (length S + length (without T S) = length T)%nat.
  Proof. rewrite (Permutation_length split_rows), app_length. reflexivity. Qed.

  Lemma values : map x S = map Fin (map v S).
  Proof. rewrite map_map. apply map_ext_in. exact finite. Qed.

  (* t: integers in order, of which the values of S are some, and equal to the ranks in the middle *)
  Lemma middle_ranks : exists t r,
    length r = length (without T S) /\ Permutation (map v S ++ r) t /\ StronglySorted Z.le t /\
    forall j, (length (without T S) <= j)%nat -> (j < length S)%nat -> rank s j = Fin (nth j t 0).
  Proof.
    destruct ranks as (P & O). destruct (bounded (map x T)) as (B & PB & BB).
    assert (BS : forall w, In (Fin w) s -> Z.abs w <= B).
    { intros w W. apply BB. apply Permutation_in with s; [apply Permutation_sym; exact P | exact W]. }
    set (C := B + 1). set (t := map (clamp C) s). set (r := map (clamp C) (map x (without T S))).
    assert (PT : Permutation (map v S ++ r) t).
    { unfold t. rewrite <- P. transitivity (map (clamp C) (map x (S ++ without T S))).
      - rewrite !map_app, values, (map_map Fin). simpl. rewrite map_id. reflexivity.
      - apply Permutation_map, Permutation_map, Permutation_sym, split_rows. }
    assert (ST : StronglySorted Z.le t).
    { apply clamp_sorted; [exact O | unfold C; lia | ]. intros w W. specialize (BS w W). unfold C. lia. }
    assert (LR : length r = length (without T S)) by (unfold r; rewrite !map_length; reflexivity).
    exists t, r. repeat split; auto. intros j J K.
    destruct (sort_Z (map v S)) as (a & SA & PA).
    assert (LA : length a = length S) by (rewrite <- (Permutation_length PA), map_length; reflexivity).
    assert (M : - B <= nth j t 0 <= B).
    { apply (middle t a (map v S) r PT PA ST SA); [ | lia | lia]. intros w W. apply in_map_iff in W. destruct W as (i & <- & I).
      assert (Z.abs (v i) <= B); [ | lia]. apply BB. apply in_map_iff. exists i. split; [apply finite | apply inside]; exact I. }
    assert (LS : (j < length s)%nat).
    { rewrite <- (Permutation_length P), map_length, <- others. lia. }
    unfold rank. assert (E : nth j t 0 = clamp C (nth j s NaN)).
    { unfold t. rewrite <- (map_nth (clamp C)). apply nth_indep. rewrite map_length. exact LS. }
    rewrite E in *. unfold C in *. destruct (nth j s NaN); simpl in *; try lia. reflexivity.
  Qed.

  (* where the ranks in the middle lie *)
  Lemma middle_rank : forall j, (length (without T S) <= j)%nat -> (j < length S)%nat ->
    exists w, rank s j = Fin w /\ least (map v S) <= w <= greatest (map v S).
  Proof.
    intros j J K. destruct middle_ranks as (t & r & LR & PT & ST & E). exists (nth j t 0). split; [apply E; assumption | ].
    destruct (sort_Z (map v S)) as (a & SA & PA).
    assert (LA : length a = length S) by (rewrite <- (Permutation_length PA), map_length; reflexivity).
    apply (middle t a (map v S) r PT PA ST SA); [ | lia | lia].
    apply least_greatest. intro N. apply some. destruct S; [reflexivity | discriminate].
  Qed.
End Column.

(* twice the median lies between those of the set *)
Lemma median_between : forall x v T S c, NoDup T -> NoDup S -> incl S T -> Holds x v S -> S <> [] ->
  (length (without T S) <= (length T - 1) / 2)%nat -> (length T / 2 < length S)%nat -> TwiceMedian (map x T) c ->
  2 * least (map v S) <= c <= 2 * greatest (map v S).
Proof.
  intros x v T S c DT DS I F N LO HI (s & a & b & R & A & B & ->). rewrite map_length in *.
  assert ((length T - 1) / 2 <= length T / 2)%nat by (apply Nat.div_le_mono; lia).
  destruct (middle_rank x v T S s DT DS I F R N ((length T - 1) / 2)) as (w & E & W); [lia | lia | ].
  destruct (middle_rank x v T S s DT DS I F R N (length T / 2)) as (w' & E' & W'); [lia | lia | ].
  rewrite A in E. rewrite B in E'. injection E as <-. injection E' as <-. lia.
Qed.

(* the median of a column is finite when enough of it is *)
Lemma median_exists : forall x v T S, NoDup T -> NoDup S -> incl S T -> Holds x v S -> S <> [] ->
  (length (without T S) <= (length T - 1) / 2)%nat -> (length T / 2 < length S)%nat -> exists c, TwiceMedian (map x T) c.
Proof.
  intros x v T S DT DS I F N LO HI. destruct (ranks_exist (map x T)) as (s & R).
  assert ((length T - 1) / 2 <= length T / 2)%nat by (apply Nat.div_le_mono; lia).
  destruct (middle_rank x v T S s DT DS I F R N ((length T - 1) / 2)) as (a & A & _); [lia | lia | ].
  destruct (middle_rank x v T S s DT DS I F R N (length T / 2)) as (b & B & _); [lia | lia | ].
  exists (a + b), s, a, b. rewrite map_length. auto.
Qed.

(* ---- the closest values exist ---- *)

Definition value_of (x : nat -> value) (i : nat) : Z := clamp 0 (x i).

Lemma holds_value_of : forall x v S, Holds x v S -> Holds x (value_of x) S.
Proof. intros x v S H i I. unfold value_of. rewrite (H i I). reflexivity. Qed.

Definition is_finite (x : nat -> value) (i : nat) : bool := match x i with Fin _ => true | _ => false end.

Lemma sorted_first : forall (A : Type) (le : A -> A -> Prop) (a b : list A), StronglySorted le (a ++ b) -> forall u w, In u a ->
  In w b -> le u w.
Proof.
  induction a as [ | c a IH]; simpl; intros b H u w U W; [contradiction | ].
  inversion H as [ | ? ? H1 H2]; subst. destruct U as [<- | U].
  - rewrite Forall_forall in H2. apply H2. apply in_or_app. auto.
  - apply IH with b; auto.
Qed.

Lemma closest_exists : forall x v T S q c, NoDup T -> NoDup S -> incl S T -> Holds x v S -> (q <= length S)%nat ->
  exists K, Closest x T q c K.
Proof.
  intros x v T S q c DT DS I F Q. set (P := filter (is_finite x) T). set (d := fun i => Z.abs (2 * value_of x i - c)).
  assert (FP : forall i, In i P -> x i = Fin (value_of x i)).
  { intros i H. apply filter_In in H. destruct H as (_ & H). unfold is_finite, value_of in *. destruct (x i); try discriminate.
    reflexivity. }
  assert (L : (length S <= length P)%nat).
  { apply NoDup_incl_length; [exact DS | ]. intros i H. apply filter_In. split; [apply I; exact H | ]. unfold is_finite.
    rewrite (F i H). reflexivity. }
  destruct (sort_exists nat (fun i j => d i <= d j)) with (l := P) as (p & SP & PP).
  { intros i j. destruct (Z_le_gt_dec (d i) (d j)); [left | right]; lia. }
  { intros; lia. }
  assert (DP : NoDup (firstn q p ++ skipn q p)).
  { rewrite firstn_skipn. apply Permutation_NoDup with P; [exact PP | apply NoDup_filter; exact DT]. }
  exists (firstn q p). repeat split.
  - revert DP. generalize (skipn q p) as b. induction (firstn q p) as [ | a l IH]; intros b H; simpl in H; [constructor | ].
    inversion H as [ | ? ? H1 H2]; subst. constructor; [rewrite in_app_iff in H1; tauto | apply IH with b; exact H2].
  - rewrite firstn_length, <- (Permutation_length PP). lia.
  - intros i H. assert (In i P) as G.
    { apply Permutation_in with p; [apply Permutation_sym; exact PP | ]. rewrite <- (firstn_skipn q p). apply in_or_app. auto. }
    apply filter_In in G. tauto.
  - intros k K. exists (value_of x k). split.
    + apply FP. apply Permutation_in with p; [apply Permutation_sym; exact PP | ]. rewrite <- (firstn_skipn q p). apply in_or_app. auto.
    + intros i w HT HK W. assert (E : w = value_of x i) by (unfold value_of; rewrite W; reflexivity). subst w.
      apply (sorted_first nat (fun i j => d i <= d j) (firstn q p) (skipn q p)); [rewrite firstn_skipn; exact SP | exact K | ].
      assert (In i p) as G.
      { apply Permutation_in with P; [exact PP | ]. apply filter_In. split; [exact HT | ]. unfold is_finite. rewrite W. reflexivity. }
      rewrite <- (firstn_skipn q p) in G. apply in_app_or in G. tauto.
Qed.

(* ---- means of finite values ---- *)

Lemma mean_of_finite : forall z q, IsMean (map Fin z) q -> (q == mean z)%Q.
Proof.
  intros z q (_ & y & E & Q). enough (z = y) by (subst; exact Q). clear Q. revert y E.
  induction z as [ | a z IH]; intros [ | b y] E; try discriminate; [reflexivity | ].
  simpl in E. injection E as -> E. f_equal. auto.
Qed.

Lemma finite_mean : forall z, z <> [] -> IsMean (map Fin z) (mean z).
Proof. intros z Z. split; [destruct z; [contradiction | discriminate] | ]. exists z. split; reflexivity. Qed.
