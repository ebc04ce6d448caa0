(* Krum's score and the rules that choose by it: that they choose no non-finite row, if at most f rows are non-finite (spec/rules.md, section 6).

   A row whose coordinates are not all finite is infinitely far from every other; otherwise the distances are any table of integers. Of r rows, at
   most f of them non-finite, a finite one has r-f-1 finite others or more. If a score has k neighbours, 1 <= k <= r-f-1, then the finite rows have
   finite scores and the others infinite ones, so that the r-f least scores are those of finite rows (choice_finite). That is so of Krum, of
   Multi-Krum with m <= n-f, and of both kinds of Multi-Bulyan. Bulyan's rounds meet it down to the last: r >= 2f+1 rows remain, and
   k = min(r-1, max(1, r-f-2)) is at most r-f-1 and, if f >= 1, at least 1. If f = 0 no row is non-finite.

   So the rows that Bulyan chooses, and Multi-Bulyan in one pass, have the Guarantee of rules.md, by what Selection.v says of any rows.

   How this meets ACSL. A score is unique and exists (score_exists, score_unique), and so is a choice (choice_exists, choice_unique): what is said of
   every choice is said of one that there is (of the lists of Multi-Bulyan's second kind, IsIterated, that is not proved). ACSL has integers for
   distances, Infinity (2^(32 (NATURAL_DIGITS-1)), above every finite sum) for the infinite ones, IsKrumScore for the sum, and chooses by Capped,
   that is min(sum, Infinity): score_capped says that this is the score here, with that integer for Infinite. IsChoice is the predicate of that name.
   IsBulyan is AreRounds of spec/acsl/rounds.h, which take_rounds is proved to establish (bulyan-rounds in the ledger): C lists taken[0], ...,
   taken[theta-1], with theta = n-2f, R are the n-t rows Left in round t, scores are IsLeftScore, and IsChoice of one row is IsWinner. This paragraph
   is not a theorem: it is for the reader who compares the two texts. *)

Require Import ZArith List Permutation Sorted Lia Arith.
From Certigar Require Import Lists Bounds Rules Selection Least.
Import ListNotations.
Open Scope Z_scope.

(* ---- numbers and +infinity ---- *)

Inductive extended := Num (z : Z) | Infinite.

Definition at_most (a b : extended) : Prop :=
  match a, b with
  | Num v, Num w => v <= w
  | _, Infinite => True
  | Infinite, Num _ => False
  end.

Definition lesser (a b : extended) : Prop :=
  match a, b with
  | Num v, Num w => v < w
  | Num _, Infinite => True
  | Infinite, _ => False
  end.

Definition plus (a b : extended) : extended := match a, b with Num v, Num w => Num (v + w) | _, _ => Infinite end.

Fixpoint sum (l : list extended) : extended := match l with [] => Num 0 | a :: t => plus a (sum t) end.

(* ---- the rules ---- *)

Definition distance (finite : nat -> bool) (d : nat -> nat -> Z) (i j : nat) : extended :=          (* D_ij *)
  if (i =? j)%nat then Num 0 else if (finite i && finite j)%bool then Num (d i j) else Infinite.

Definition IsLeast (k : nat) (l : list extended) (s : extended) : Prop :=                          (* s is the sum of the k least of l *)
  exists o, Permutation l o /\ StronglySorted at_most o /\ s = sum (firstn k o).

Definition except (R : list nat) (i : nat) : list nat := filter (fun j => negb (j =? i)%nat) R.

Definition IsScore (D : nat -> nat -> extended) (k : nat) (R : list nat) (i : nat) (s : extended) : Prop :=
  IsLeast k (map (D i) (except R i)) s.

(* row i is before row j: of lesser score, or of the same and the smaller row *)
Definition Before (D : nat -> nat -> extended) (k : nat) (R : list nat) (i j : nat) : Prop :=
  exists s t, IsScore D k R i s /\ IsScore D k R j t /\ (lesser s t \/ (s = t /\ (i < j)%nat)).

(* C: the least m of the scores of the rows R, with k neighbours *)
Definition IsChoice (D : nat -> nat -> extended) (k : nat) (R : list nat) (m : nat) (C : list nat) : Prop :=
  NoDup C /\ length C = m /\ incl C R /\ forall i j, In i C -> In j R -> ~ In j C -> Before D k R i j.

Definition IsMultiKrum (n f m : nat) (D : nat -> nat -> extended) (C : list nat) : Prop := IsChoice D (n - f - 2) (seq 0 n) m C.

Definition IsKrum (n f : nat) (D : nat -> nat -> extended) (w : nat) : Prop := IsMultiKrum n f 1 D [w].

Definition neighbours (f r : nat) : nat := Nat.min (r - 1) (Nat.max 1 (r - f - 2)).

(* C: what is chosen, in this order, while the rows R remain *)
Fixpoint Rounds (f : nat) (D : nat -> nat -> extended) (R C : list nat) : Prop :=
  match C with
  | [] => True
  | w :: later => IsChoice D (neighbours f (length R)) R 1 [w] /\ Rounds f D (except R w) later
  end.

Definition IsBulyan (n f : nat) (D : nat -> nat -> extended) (C : list nat) : Prop := length C = (n - 2 * f)%nat /\ Rounds f D (seq 0 n) C.

(* Multi-Bulyan, in one pass *)
Definition IsMultiBulyan (n f : nat) (D : nat -> nat -> extended) (C : list nat) : Prop := IsMultiKrum n f (n - 2 * f - 2) D C.

(* and iterated: the rows of each round's mean, while the rows R remain *)
Fixpoint MeanRounds (f : nat) (D : nat -> nat -> extended) (R : list nat) (means : list (list nat)) : Prop :=
  match means with
  | [] => True
  | M :: later => IsChoice D (length R - f - 2) R (length R - f - 2) M /\
      exists w, IsChoice D (length R - f - 2) R 1 [w] /\ MeanRounds f D (except R w) later
  end.

Definition IsIterated (n f : nat) (D : nat -> nat -> extended) (means : list (list nat)) : Prop :=
  length means = (n - 2 * f - 2)%nat /\ MeanRounds f D (seq 0 n) means.

Definition nonfinite (finite : nat -> bool) (R : list nat) : nat := length (filter (fun i => negb (finite i)) R).

(* ---- the order ---- *)

Lemma at_most_total : forall a b, {at_most a b} + {at_most b a}.
Proof. intros [v | ] [w | ]; simpl; auto. destruct (Z_le_gt_dec v w); [left | right]; lia. Qed.

Lemma at_most_trans : forall a b c, at_most a b -> at_most b c -> at_most a c.
Proof. intros [u | ] [v | ] [w | ]; simpl; try tauto. lia. Qed.

Lemma at_most_antisym : forall a b, at_most a b -> at_most b a -> a = b.
Proof. intros [v | ] [w | ]; simpl; try tauto. intros. f_equal. lia. Qed.

Lemma lesser_or : forall a b, lesser a b \/ a = b \/ lesser b a.
Proof.
  intros [v | ] [w | ]; simpl; auto. destruct (Z.lt_trichotomy v w) as [L | [-> | L]]; auto.
Qed.

Lemma lesser_not : forall a b, lesser a b -> lesser b a -> False.
Proof. intros [v | ] [w | ]; simpl; try tauto. lia. Qed.

Lemma lesser_self : forall a, ~ lesser a a.
Proof. intros [v | ]; simpl; [lia | tauto]. Qed.

Lemma lesser_trans : forall a b c, lesser a b -> lesser b c -> lesser a c.
Proof. intros [u | ] [v | ] [w | ]; simpl; try tauto. lia. Qed.

(* ---- sums of the least ---- *)

Lemma least_exists : forall k l, exists s, IsLeast k l s.
Proof.
  intros k l. destruct (sort_exists extended at_most at_most_total at_most_trans l) as (o & S & P).
  exists (sum (firstn k o)), o. auto.
Qed.

Lemma least_unique : forall k l s t, IsLeast k l s -> IsLeast k l t -> s = t.
Proof.
  intros k l s t (a & PA & SA & ->) (b & PB & SB & ->). rewrite (sorted_unique _ _ at_most_antisym a b); auto. rewrite <- PA. exact PB.
Qed.

Lemma sum_num : forall z, sum (map Num z) = Num (zsum z).
Proof. induction z as [ | a z IH]; [reflexivity | ]. simpl. rewrite IH. reflexivity. Qed.

Lemma sum_infinite : forall l, In Infinite l -> sum l = Infinite.
Proof.
  induction l as [ | a l IH]; intros I; [destruct I | ]. simpl. destruct I as [-> | I]; [reflexivity | ].
  rewrite (IH I). destruct a; reflexivity.
Qed.

Definition is_num (a : extended) : bool := match a with Num _ => true | Infinite => false end.

Lemma all_num : forall l, (forall a, In a l -> is_num a = true) -> exists z, l = map Num z.
Proof.
  induction l as [ | a l IH]; intros H; [exists []; reflexivity | ].
  destruct IH as (z & ->); [intros b B; apply H; right; exact B | ].
  destruct a as [v | ]; [exists (v :: z); reflexivity | ]. discriminate (H Infinite (or_introl eq_refl)).
Qed.

Lemma first_num : forall o k, StronglySorted at_most o -> (k <= length (filter is_num o))%nat -> forall a, In a (firstn k o) -> is_num a = true.
Proof.
  induction o as [ | b o IH]; intros k S K a I; [rewrite firstn_nil in I; destruct I | ].
  inversion S as [ | ? ? SO F]. subst. destruct k as [ | k]; [destruct I | ]. destruct b as [v | ].
  - simpl in K, I. destruct I as [<- | I]; [reflexivity | ]. apply (IH k); auto. lia.
  - exfalso. assert (E : filter is_num o = []).
    { destruct (filter is_num o) as [ | c l] eqn:E; [reflexivity | ].
      assert (C : In c (filter is_num o)) by (rewrite E; left; reflexivity). apply filter_In in C. destruct C as (C & N).
      rewrite Forall_forall in F. specialize (F c C). destruct c; [destruct F | discriminate]. }
    simpl in K. rewrite E in K. simpl in K. lia.
Qed.

(* k finite numbers among them: the sum is finite *)
Lemma least_finite : forall k l s, IsLeast k l s -> (k <= length (filter is_num l))%nat -> exists v, s = Num v.
Proof.
  intros k l s (o & P & S & ->) K. rewrite (filter_perm _ _ _ _ P) in K.
  destruct (all_num (firstn k o) (first_num o k S K)) as (z & ->). exists (zsum z). apply sum_num.
Qed.

(* none: it is infinite, if there is a term *)
Lemma least_infinite : forall k l s, IsLeast k l s -> (forall a, In a l -> a = Infinite) -> (1 <= k)%nat -> l <> [] -> s = Infinite.
Proof.
  intros k l s (o & P & S & ->) A K N. apply sum_infinite. destruct o as [ | a o].
  - apply Permutation_sym, Permutation_nil in P. contradiction.
  - destruct k as [ | k]; [lia | ]. left. apply A. apply Permutation_in with (a :: o); [apply Permutation_sym; exact P | left; reflexivity].
Qed.

(* ---- how the score meets the sum of Least.v, and that of ACSL ---- *)

Lemma sorted_map : forall (A B : Type) (p : A -> A -> Prop) (q : B -> B -> Prop) (g : A -> B), (forall a b, p a b -> q (g a) (g b)) ->
  forall s, StronglySorted p s -> StronglySorted q (map g s).
Proof.
  intros A B p q g M s S. induction S as [ | a s S IH F]; simpl; constructor; auto.
  rewrite Forall_forall in *. intros b I. apply in_map_iff in I. destruct I as (c & <- & I). auto.
Qed.

(* of finite numbers it is the sum of Least.v *)
Theorem score_least_sum : forall k z s, (k <= length z)%nat -> (IsLeast k (map Num z) (Num s) <-> IsLeastSum s z k).
Proof.
  intros k z s K. destruct (sort_Z z) as (o & S & P). pose proof (least_sum_sorted z o k P S K) as L.
  assert (M : IsLeast k (map Num z) (Num (zsum (firstn k o)))).
  { exists (map Num o). repeat split.
    - apply Permutation_map. exact P.
    - apply (sorted_map _ _ Z.le); auto.
    - rewrite <- sum_num, firstn_map. reflexivity. }
  split; intros H.
  - pose proof (least_unique _ _ _ _ H M) as E. injection E as ->. exact L.
  - rewrite (least_sum_unique _ _ _ _ H L). exact M.
Qed.

Definition capped (B : Z) (a : extended) : Z := match a with Num v => v | Infinite => B end.

Lemma sum_capped : forall B l, (forall a, In a l -> 0 <= capped B a <= B) -> 0 <= B ->
  0 <= zsum (map (capped B) l) /\ (sum l = Num (zsum (map (capped B) l)) \/ (sum l = Infinite /\ B <= zsum (map (capped B) l))).
Proof.
  intros B l. induction l as [ | a l IH]; intros H PB; simpl; [split; [lia | left; reflexivity] | ].
  pose proof (H a (or_introl eq_refl)) as A. destruct IH as (P & IH); [intros; apply H; right; assumption | assumption | ].
  split; [lia | ]. destruct a as [v | ]; simpl in *.
  - destruct IH as [-> | (-> & G)]; [left; reflexivity | right; split; [reflexivity | lia]].
  - right. split; [reflexivity | lia].
Qed.

(* with an integer B for Infinite, above all finite numbers and finite sums, it is the lesser of that sum and B *)
Theorem score_capped : forall B k l s t, (forall a, In a l -> 0 <= capped B a <= B) -> 0 <= B -> (k <= length l)%nat ->
  IsLeast k l s -> capped B s <= B -> IsLeastSum t (map (capped B) l) k -> Z.min t B = capped B s.
Proof.
  intros B k l s t H PB K (o & P & S & ->) C L.
  assert (HO : forall a, In a o -> 0 <= capped B a <= B).
  { intros a I. apply H. apply Permutation_in with o; [apply Permutation_sym; exact P | exact I]. }
  assert (SO : StronglySorted Z.le (map (capped B) o)).
  { clear - S HO. induction S as [ | a o S IH F]; simpl; constructor.
    - apply IH. intros. apply HO. right. assumption.
    - rewrite Forall_forall in *. intros b I. apply in_map_iff in I. destruct I as (c & <- & I). specialize (F c I).
      pose proof (HO a (or_introl eq_refl)). pose proof (HO c (or_intror I)). destruct a, c; simpl in *; try lia; tauto. }
  assert (E : t = zsum (map (capped B) (firstn k o))).
  { rewrite <- firstn_map. apply (least_sum_unique (map (capped B) l) k); [exact L | ].
    apply least_sum_sorted; [apply Permutation_map; exact P | exact SO | rewrite map_length; exact K]. }
  assert (HF : forall a, In a (firstn k o) -> 0 <= capped B a <= B).
  { intros a I. apply HO. rewrite <- (firstn_skipn k o). apply in_or_app. left. exact I. }
  destruct (sum_capped B (firstn k o) HF PB) as (P0 & [Q | (Q & G)]); rewrite Q in *; simpl in *; lia.
Qed.

(* ---- scores and choices exist, and there is one of each ---- *)

Theorem score_exists : forall D k R i, exists s, IsScore D k R i s.
Proof. intros. apply least_exists. Qed.

Theorem score_unique : forall D k R i s t, IsScore D k R i s -> IsScore D k R i t -> s = t.
Proof. intros D k R i s t. apply least_unique. Qed.

Section Choice.
  Variables (D : nat -> nat -> extended) (k : nat) (R : list nat).

  Lemma before_not : forall i j, Before D k R i j -> Before D k R j i -> False.
  Proof.
    intros i j (s & t & S & T & A) (t' & s' & T' & S' & B).
    rewrite (score_unique _ _ _ _ _ _ S' S), (score_unique _ _ _ _ _ _ T' T) in B.
    destruct A as [A | (-> & A)], B as [B | (E & B)]; try lia.
    - exact (lesser_not _ _ A B).
    - subst. exact (lesser_self _ A).
    - exact (lesser_self _ B).
  Qed.

  Lemma before_or : forall i j, i <> j -> Before D k R i j \/ Before D k R j i.
  Proof.
    intros i j N. destruct (score_exists D k R i) as (s & S), (score_exists D k R j) as (t & T).
    destruct (lesser_or s t) as [L | [E | L]].
    - left. exists s, t. auto.
    - destruct (Nat.lt_trichotomy i j) as [L | [L | L]]; [left; exists s, t; auto | contradiction | right; exists t, s; auto].
    - right. exists t, s. auto.
  Qed.

  Lemma before_trans : forall i j l, Before D k R i j -> Before D k R j l -> Before D k R i l.
  Proof.
    intros i j l (s & t & S & T & A) (t' & u & T' & U & B). rewrite (score_unique _ _ _ _ _ _ T' T) in B.
    exists s, u. repeat split; auto. destruct A as [A | (-> & A)], B as [B | (-> & B)].
    - left. exact (lesser_trans _ _ _ A B).
    - left. exact A.
    - left. exact B.
    - right. split; [reflexivity | lia].
  Qed.

  Lemma first_exists : forall T, T <> [] -> exists w, In w T /\ forall j, In j T -> j <> w -> Before D k R w j.
  Proof.
    induction T as [ | a T IH]; intros N; [contradiction | ].
    destruct T as [ | b T]; [exists a; split; [left; reflexivity | intros j [-> | []] M; contradiction] | ].
    destruct IH as (w & W & F); [discriminate | ]. destruct (Nat.eq_dec a w) as [-> | M].
    - exists w. split; [left; reflexivity | ]. intros j [-> | J] Q; [contradiction | auto].
    - destruct (before_or a w M) as [L | L].
      + exists a. split; [left; reflexivity | ]. intros j [-> | J] Q; [contradiction | ].
        destruct (Nat.eq_dec j w) as [-> | NW]; [exact L | ]. apply before_trans with w; auto.
      + exists w. split; [right; exact W | ]. intros j [<- | J] Q; auto.
  Qed.
End Choice.

Theorem choice_exists : forall D k R m, NoDup R -> (m <= length R)%nat -> exists C, IsChoice D k R m C.
Proof.
  intros D k R m N. induction m as [ | m IH]; intros M.
  - exists []. repeat split; [constructor | intros i [] | intros i j []].
  - destruct IH as (C & NC & LC & IC & BC); [lia | ].
    assert (L : without R C <> []).
    { intros E. pose proof (Permutation_length (meet_without R C)) as P. rewrite app_length, E in P. simpl in P.
      assert (Q : (length (meet R C) <= length C)%nat).
      { apply NoDup_incl_length; [apply NoDup_filter; exact N | intros i I; apply in_meet in I; tauto]. } lia. }
    destruct (first_exists D k R (without R C) L) as (w & W & F). apply in_without in W. destruct W as (WR & WC).
    exists (w :: C). repeat split.
    + constructor; assumption.
    + simpl. lia.
    + intros i [<- | I]; auto.
    + intros i j [<- | I] J NJ.
      * apply F; [apply in_without; split; [exact J | intros H; apply NJ; right; exact H] | ].
        intros ->. apply NJ. left. reflexivity.
      * apply BC; auto. intros H. apply NJ. right. exact H.
Qed.

Theorem choice_unique : forall D k R m C C', IsChoice D k R m C -> IsChoice D k R m C' -> Permutation C C'.
Proof.
  assert (ONE : forall D k R m C C', IsChoice D k R m C -> IsChoice D k R m C' -> incl C C').
  { intros D k R m C C' (N & L & I & B) (N' & L' & I' & B') i IC. destruct (in_dec Nat.eq_dec i C') as [ | NI]; [assumption | exfalso].
    pose proof (without_length C C' N N' ltac:(lia)) as W.
    assert (WI : In i (without C C')) by (apply in_without; auto).
    destruct (without C' C) as [ | j l] eqn:E.
    - destruct (without C C'); [destruct WI | discriminate].
    - assert (WJ : In j (without C' C)) by (rewrite E; left; reflexivity). apply in_without in WJ. destruct WJ as (JC & NJ).
      apply (before_not D k R i j); auto. }
  intros D k R m C C' A A'. apply NoDup_Permutation; [apply A | apply A' | ]. intros i. split; apply (ONE D k R m); assumption.
Qed.

(* ---- rows that remain ---- *)

Lemma in_except : forall R i j, In j (except R i) <-> In j R /\ j <> i.
Proof. intros. unfold except. rewrite filter_In, Bool.negb_true_iff, Nat.eqb_neq. reflexivity. Qed.

Lemma except_perm : forall R i, NoDup R -> In i R -> Permutation R (i :: except R i).
Proof.
  intros R i N I. apply NoDup_Permutation; [exact N | constructor; [rewrite in_except; tauto | apply NoDup_filter; exact N] | ].
  intros j. simpl. rewrite in_except. destruct (Nat.eq_dec i j) as [-> | M]; split; try tauto.
  intros J. right. split; [exact J | congruence].
Qed.

Lemma except_length : forall R i, NoDup R -> In i R -> length R = S (length (except R i)).
Proof. intros R i N I. rewrite (Permutation_length (except_perm R i N I)). reflexivity. Qed.

Lemma finite_split : forall finite R, length R = (length (filter finite R) + nonfinite finite R)%nat.
Proof. intros. unfold nonfinite. induction R as [ | i R IH]; simpl; [reflexivity | ]. destruct (finite i); simpl; lia. Qed.

Lemma except_nonfinite : forall finite R i, NoDup R -> In i R -> (nonfinite finite (except R i) <= nonfinite finite R)%nat.
Proof.
  intros finite R i N I. unfold nonfinite. rewrite (filter_perm _ _ _ _ (except_perm R i N I)). simpl. destruct (finite i); simpl; lia.
Qed.

(* ---- scores of finite rows are finite, and those of the others are not ---- *)

Section Scores.
  Variables (finite : nat -> bool) (d : nat -> nat -> Z) (R : list nat) (k : nat).
  Hypothesis distinct : NoDup R.
  Local Notation D := (distance finite d).

  Lemma distances_num : forall i T, ~ In i T -> finite i = true -> length (filter is_num (map (D i) T)) = length (filter finite T).
  Proof.
    intros i T N F. induction T as [ | j T IH]; [reflexivity | ]. simpl.
    unfold distance at 1. destruct (Nat.eqb_spec i j) as [-> | M]; [destruct N; left; reflexivity | ].
    rewrite F. simpl. destruct (finite j); simpl; rewrite IH; auto; intros H; apply N; right; exact H.
  Qed.

  (* k finite others *)
  Lemma finite_score : forall i s, In i R -> finite i = true -> (k < length (filter finite R))%nat -> IsScore D k R i s -> exists v, s = Num v.
  Proof.
    intros i s I F K S. apply (least_finite k (map (D i) (except R i))); [exact S | ].
    rewrite distances_num; [ | rewrite in_except; tauto | exact F].
    rewrite (filter_perm _ finite _ _ (except_perm R i distinct I)) in K. simpl in K. rewrite F in K. simpl in K. lia.
  Qed.

  Lemma nonfinite_score : forall i s, In i R -> finite i = false -> (1 <= k < length R)%nat -> IsScore D k R i s -> s = Infinite.
  Proof.
    intros i s I F K S. apply (least_infinite k (map (D i) (except R i))); [exact S | | lia | ].
    - intros a A. apply in_map_iff in A. destruct A as (j & <- & J). apply in_except in J. unfold distance.
      destruct (Nat.eqb_spec i j); [destruct J; congruence | ]. rewrite F. reflexivity.
    - intros E. pose proof (except_length R i distinct I) as L. destruct (except R i); [simpl in L; lia | discriminate].
  Qed.
End Scores.

(* The general fact, for a round among any rows: more of them are finite than a score has neighbours, and no fewer than are chosen. A score
   without neighbours is 0, so then all rows have to be finite. *)
Theorem choice_finite : forall finite d k R m C, NoDup R -> (k < length (filter finite R))%nat -> (m <= length (filter finite R))%nat ->
  (nonfinite finite R = 0 \/ 1 <= k)%nat -> IsChoice (distance finite d) k R m C ->
  forall i, In i C -> finite i = true /\ forall s, IsScore (distance finite d) k R i s -> exists v, s = Num v.
Proof.
  intros finite d k R m C N K M Z (NC & LC & IC & BC) i I.
  assert (F : finite i = true).
  { destruct (finite i) eqn:F; [reflexivity | exfalso].
    assert (K1 : (1 <= k)%nat).
    { destruct Z as [Z | Z]; [exfalso | exact Z]. unfold nonfinite in Z.
      assert (W : In i (filter (fun j => negb (finite j)) R)) by (apply filter_In; rewrite F; auto).
      destruct (filter (fun j => negb (finite j)) R); [destruct W | discriminate]. }
    destruct (without (filter finite R) C) as [ | j l] eqn:E.
    - assert (L : (length (i :: filter finite R) <= length C)%nat).
      { apply NoDup_incl_length.
        - constructor; [rewrite filter_In; intros (_ & Q); congruence | apply NoDup_filter; exact N].
        - intros j [<- | J]; [exact I | ]. destruct (in_dec Nat.eq_dec j C) as [ | NJ]; [assumption | exfalso].
          assert (W : In j (without (filter finite R) C)) by (apply in_without; auto). rewrite E in W. destruct W. }
      simpl in L. lia.
    - assert (W : In j (without (filter finite R) C)) by (rewrite E; left; reflexivity). apply in_without in W. destruct W as (J & NJ).
      apply filter_In in J. destruct J as (J & FJ). destruct (BC i j I J NJ) as (s & t & S & T & B).
      assert (LR : (1 <= k < length R)%nat) by (pose proof (finite_split finite R); lia).
      rewrite (nonfinite_score finite d R k N i s (IC i I) F LR S) in B.
      destruct (finite_score finite d R k N j t J FJ K T) as (v & ->). destruct B as [[] | (Q & _)]. discriminate. }
  split; [exact F | ]. intros s S. exact (finite_score finite d R k N i s (IC i I) F K S).
Qed.

(* ---- Krum and Multi-Krum ---- *)

Lemma rows_finite : forall n f finite, (nonfinite finite (seq 0 n) <= f)%nat -> (n - f <= length (filter finite (seq 0 n)))%nat.
Proof. intros n f finite F. pose proof (finite_split finite (seq 0 n)) as S. rewrite seq_length in S. lia. Qed.

Theorem krum_score_finite : forall n f finite d i s, (2 * f + 3 <= n)%nat -> (nonfinite finite (seq 0 n) <= f)%nat -> (i < n)%nat ->
  IsScore (distance finite d) (n - f - 2) (seq 0 n) i s -> (finite i = true <-> exists v, s = Num v).
Proof.
  intros n f finite d i s E F I S. pose proof (rows_finite n f finite F) as L.
  assert (IN : In i (seq 0 n)) by (apply in_seq; lia). split.
  - intros FI. apply (finite_score finite d (seq 0 n) (n - f - 2) (seq_NoDup n 0) i s); auto. lia.
  - intros (v & ->). destruct (finite i) eqn:FI; [reflexivity | exfalso].
    assert (LS : (1 <= n - f - 2 < length (seq 0 n))%nat) by (rewrite seq_length; lia).
    discriminate (nonfinite_score finite d (seq 0 n) (n - f - 2) (seq_NoDup n 0) i (Num v) IN FI LS S).
Qed.

Theorem multi_krum_finite : forall n f m finite d C, (2 * f + 3 <= n)%nat -> (m <= n - f)%nat -> (nonfinite finite (seq 0 n) <= f)%nat ->
  IsMultiKrum n f m (distance finite d) C -> forall i, In i C -> finite i = true.
Proof.
  intros n f m finite d C E M F H i I. pose proof (rows_finite n f finite F) as L.
  apply (choice_finite finite d (n - f - 2) (seq 0 n) m C); auto; try lia. apply seq_NoDup.
Qed.

Theorem krum_finite : forall n f finite d w, (2 * f + 3 <= n)%nat -> (nonfinite finite (seq 0 n) <= f)%nat -> IsKrum n f (distance finite d) w ->
  finite w = true.
Proof. intros n f finite d w E F H. apply (multi_krum_finite n f 1 finite d [w]); auto; [lia | left; reflexivity]. Qed.

(* ---- Bulyan ---- *)

Lemma winner_in : forall D k R w, IsChoice D k R 1 [w] -> In w R.
Proof. intros D k R w (_ & _ & I & _). apply I. left. reflexivity. Qed.

Lemma rounds_rows : forall f D C R, NoDup R -> Rounds f D R C -> NoDup C /\ incl C R.
Proof.
  induction C as [ | w C IH]; intros R N H; [split; [constructor | intros i []] | ]. destruct H as (W & H).
  destruct (IH (except R w) (NoDup_filter _ N) H) as (NC & IC). split.
  - constructor; [ | exact NC]. intros I. apply IC, in_except in I. tauto.
  - intros i [<- | I]; [exact (winner_in _ _ _ _ W) | ]. apply IC, in_except in I. tauto.
Qed.

(* while 2f+1 rows or more remain *)
Lemma rounds_finite : forall f finite d C R, NoDup R -> (nonfinite finite R <= f)%nat -> (length C + 2 * f <= length R)%nat ->
  Rounds f (distance finite d) R C -> forall i, In i C -> finite i = true.
Proof.
  induction C as [ | w C IH]; intros R N F L H i I; [destruct I | ]. destruct H as (W & H). simpl in L.
  pose proof (winner_in _ _ _ _ W) as WR. destruct I as [<- | I].
  - pose proof (finite_split finite R) as S. set (k := neighbours f (length R)) in *.
    assert (K : (k < length (filter finite R))%nat) by (unfold k, neighbours; lia).
    assert (Z : (nonfinite finite R = 0 \/ 1 <= k)%nat) by (unfold k, neighbours; lia).
    apply (choice_finite finite d k R 1 [w] N K ltac:(lia) Z W). left. reflexivity.
  - pose proof (except_length R w N WR). apply (IH (except R w)); auto; try lia.
    + apply NoDup_filter. exact N.
    + pose proof (except_nonfinite finite R w N WR). lia.
Qed.

Lemma rounds_exist : forall f D m R, NoDup R -> (m <= length R)%nat -> exists C, length C = m /\ Rounds f D R C.
Proof.
  induction m as [ | m IH]; intros R N M; [exists []; split; [reflexivity | exact I] | ].
  destruct (choice_exists D (neighbours f (length R)) R 1 N ltac:(lia)) as (C & H).
  pose proof H as (_ & L & _). destruct C as [ | w [ | ? ?]]; try discriminate.
  pose proof (except_length R w N (winner_in _ _ _ _ H)) as E.
  destruct (IH (except R w) (NoDup_filter _ N) ltac:(lia)) as (C & LC & RC). exists (w :: C). split; [simpl; lia | ]. split; assumption.
Qed.

Lemma rounds_unique : forall f D C C' R, length C = length C' -> Rounds f D R C -> Rounds f D R C' -> C = C'.
Proof.
  induction C as [ | w C IH]; intros [ | w' C'] R L H H'; try discriminate; [reflexivity | ]. destruct H as (W & H), H' as (W' & H').
  assert (E : w = w').
  { pose proof (Permutation_in w (choice_unique _ _ _ _ _ _ W W') (or_introl eq_refl)) as P. destruct P as [P | []]. auto. }
  subst w'. f_equal. apply (IH C' (except R w)); auto.
Qed.

(* exactly one list of rows is what the rule chooses *)
Theorem bulyan_chosen : forall n f D, exists! C, IsBulyan n f D C.
Proof.
  intros n f D. destruct (rounds_exist f D (n - 2 * f) (seq 0 n) (seq_NoDup n 0)) as (C & L & H); [rewrite seq_length; lia | ].
  exists C. split; [split; assumption | ]. intros C' (L' & H'). apply (rounds_unique f D C C' (seq 0 n)); auto. lia.
Qed.

(* and they are n-2f different rows *)
Theorem bulyan_rows : forall n f D C, IsBulyan n f D C -> Rows n (n - 2 * f) C.
Proof.
  intros n f D C (L & H). destruct (rounds_rows f D C (seq 0 n) (seq_NoDup n 0) H) as (N & I). repeat split; auto.
  intros i IC. apply I, in_seq in IC. lia.
Qed.

Theorem bulyan_finite : forall n f finite d C, (nonfinite finite (seq 0 n) <= f)%nat -> IsBulyan n f (distance finite d) C ->
  forall i, In i C -> finite i = true.
Proof.
  intros n f finite d C F (L & H) i I. destruct C as [ | w C]; [destruct I | ].
  apply (rounds_finite f finite d (w :: C) (seq 0 n)); auto; [apply seq_NoDup | ]. rewrite seq_length. simpl in *. lia.
Qed.

(* H: the rows that are not Byzantine, all but f or more. The guarantee of rules.md, in one column, x, of a finite row's value v. *)
Definition Guarantee (f theta : nat) (x : nat -> value) (v : nat -> Z) (C H : list nat) : Prop :=
  let G := meet C H in (theta - f <= length G)%nat /\
  (exists c K, TwiceMedian (map x C) c /\ Closest x C (theta - 2 * f) c K) /\
  forall c, TwiceMedian (map x C) c -> 2 * least (map v G) <= c <= 2 * greatest (map v G) /\
    forall K k, Closest x C (theta - 2 * f) c K -> In k K ->
      exists u, x k = Fin u /\ Z.abs (2 * u - c) <= 2 * (greatest (map v G) - least (map v G)).

Lemma guarantee : forall n f h theta x v C H, (2 * f < theta)%nat -> (n <= h + f)%nat -> Rows n theta C -> Rows n h H -> Holds x v C ->
  Guarantee f theta x v C H.
Proof.
  intros n f h theta x v C H E F RC RH X. pose proof (chosen_honest n f h theta C H F RC RH) as M. destruct RC as (D & L & _).
  assert (GO : Good f theta x v C (meet C H)).
  { repeat split; auto; [apply NoDup_filter; exact D | | ]; intros i I; apply in_meet in I; [ | apply X]; tauto. }
  split; [exact M | ]. split; [exact (chosen_defined _ _ _ _ _ _ GO) | ]. intros c T. split.
  - exact (chosen_median _ _ _ _ _ _ c GO T).
  - intros K k CK. exact (chosen_kept _ _ _ _ _ _ c K GO T CK k).
Qed.

Theorem bulyan_guarantee : forall n f h finite d x v C H, (4 * f + 3 <= n)%nat -> (nonfinite finite (seq 0 n) <= f)%nat ->
  (forall i, finite i = true -> x i = Fin (v i)) -> IsBulyan n f (distance finite d) C -> (n <= h + f)%nat -> Rows n h H ->
  Guarantee f (n - 2 * f) x v C H.
Proof.
  intros n f h finite d x v C H E F X B M R. apply (guarantee n f h); auto; [lia | apply (bulyan_rows n f _ C B) | ].
  intros i I. apply X. exact (bulyan_finite n f finite d C F B i I).
Qed.

(* ---- Multi-Bulyan ---- *)

Theorem choice_rows : forall D n k m C, IsChoice D k (seq 0 n) m C -> Rows n m C.
Proof.
  intros D n k m C (N & L & I & _). repeat split; auto. intros i IC. apply I, in_seq in IC. lia.
Qed.

Theorem multi_bulyan_finite : forall n f finite d C, (4 * f + 3 <= n)%nat -> (nonfinite finite (seq 0 n) <= f)%nat ->
  IsMultiBulyan n f (distance finite d) C -> forall i, In i C -> finite i = true.
Proof. intros n f finite d C E F. apply multi_krum_finite; [lia | lia | exact F]. Qed.

Theorem multi_bulyan_guarantee : forall n f h finite d x v C H, (4 * f + 3 <= n)%nat -> (nonfinite finite (seq 0 n) <= f)%nat ->
  (forall i, finite i = true -> x i = Fin (v i)) -> IsMultiBulyan n f (distance finite d) C -> (n <= h + f)%nat -> Rows n h H ->
  Guarantee f (n - 2 * f - 2) x v C H.
Proof.
  intros n f h finite d x v C H E F X B M R. apply (guarantee n f h); auto; [lia | | ].
  - exact (choice_rows _ _ _ _ _ B).
  - intros i I. apply X. exact (multi_bulyan_finite n f finite d C E F B i I).
Qed.

Lemma mean_rounds_finite : forall f finite d means R, NoDup R -> (nonfinite finite R <= f)%nat -> (length means + 2 * f + 2 <= length R)%nat ->
  MeanRounds f (distance finite d) R means -> forall M i, In M means -> In i M -> finite i = true.
Proof.
  induction means as [ | T means IH]; intros R N F L H M i IM I; [destruct IM | ]. destruct H as (B & w & W & H). simpl in L.
  pose proof (winner_in _ _ _ _ W) as WR. destruct IM as [<- | IM].
  - pose proof (finite_split finite R) as S.
    apply (choice_finite finite d (length R - f - 2) R (length R - f - 2) T N ltac:(lia) ltac:(lia) ltac:(lia) B). exact I.
  - pose proof (except_length R w N WR). pose proof (except_nonfinite finite R w N WR).
    apply (IH (except R w) (NoDup_filter _ N) ltac:(lia) ltac:(lia) H M); assumption.
Qed.

Theorem iterated_finite : forall n f finite d means, (nonfinite finite (seq 0 n) <= f)%nat -> IsIterated n f (distance finite d) means ->
  forall M i, In M means -> In i M -> finite i = true.
Proof.
  intros n f finite d means F (L & H) M i IM I. destruct means as [ | T means]; [destruct IM | ].
  apply (mean_rounds_finite f finite d (T :: means) (seq 0 n) (seq_NoDup n 0) F) with (M := M); auto.
  rewrite seq_length. simpl in *. lia.
Qed.
