(* The resilience coefficients over sorted integers, division-free: what Resilience.v says of the rules, before infinities and quotients.

   s: all values, sorted; l: m of them, between lo and hi; r: the g others, which may be anything. D = hi - lo, S = sum of l.
   With a the sorted l, the proofs compare ranks by s_(j) <= a_(j) and a_(j-g) <= s_(j) (Lists.v) and then sum over a alone. *)

Require Import ZArith List Permutation Sorted Lia.
From Certigar Require Import Lists.
Import ListNotations.
Open Scope Z_scope.

Section Ranks.
  Variables (s l r : list Z) (lo hi : Z).
  Hypothesis all : Permutation (l ++ r) s.
  Hypothesis sorted : StronglySorted Z.le s.
  Hypothesis between : forall v, In v l -> lo <= v <= hi.

  Local Notation m := (length l).
  Local Notation g := (length r).

  Lemma part_sorted : exists a, Permutation l a /\ StronglySorted Z.le a /\ length a = m /\ zsum a = zsum l
    /\ (forall j, (j < m)%nat -> lo <= nth j a 0 <= hi)
    /\ (forall j, (j < m)%nat -> nth j s 0 <= nth j a 0) /\ (forall j, (j < m)%nat -> nth j a 0 <= nth (j + g) s 0).
  Proof.
    destruct (sort_Z l) as (a & SA & PA). exists a.
    pose proof (Permutation_length PA) as L. split; [exact PA | ]. split; [exact SA | ]. split; [symmetry; exact L | ].
    split; [symmetry; apply zsum_perm; exact PA | ]. repeat split; intros.
    - apply between, nth_perm_in with (a := a); [exact PA | lia].
    - apply between, nth_perm_in with (a := a); [exact PA | lia].
    - apply interlace_high with (l := l) (r := r); auto. lia.
    - apply interlace_low with (l := l); auto. lia.
  Qed.

  (* g ranks cut off at both ends, k left: (g + k) T - k S is within g k D *)
  Lemma trimmed_bound : forall k, m = (g + k)%nat ->
    Z.abs (Z.of_nat m * rsum s g k - Z.of_nat k * zsum l) <= Z.of_nat g * Z.of_nat k * (hi - lo).
  Proof.
    intros k M. destruct part_sorted as (a & _ & SA & L & SUM & B & HIGH & LOW).
    assert (U : rsum s g k <= rsum a g k).
    { pose proof (rsum_le s a 0 k g) as H. rewrite Nat.add_0_r in H. apply H. intros j J. rewrite Nat.add_0_r. apply HIGH. lia. }
    assert (V : rsum a 0 k <= rsum s g k).
    { apply (rsum_le a s g k 0). intros j J. apply LOW. lia. }
    assert (E1 : zsum l = rsum a 0 g + rsum a g k).
    { rewrite <- SUM, <- rsum_all, L, M. apply (rsum_split a 0 g k). }
    assert (E2 : zsum l = rsum a 0 k + rsum a k g).
    { rewrite <- SUM, <- rsum_all, L, M, Nat.add_comm. apply (rsum_split a 0 k g). }
    assert (B1 : Z.of_nat g * lo <= rsum a 0 g) by (apply (rsum_bounds a lo hi g 0); intros; apply B; lia).
    assert (B2 : rsum a g k <= Z.of_nat k * hi) by (apply (rsum_bounds a lo hi k g); intros; apply B; lia).
    assert (B3 : Z.of_nat k * lo <= rsum a 0 k) by (apply (rsum_bounds a lo hi k 0); intros; apply B; lia).
    assert (B4 : rsum a k g <= Z.of_nat g * hi) by (apply (rsum_bounds a lo hi g k); intros; apply B; lia).
    assert (MZ : Z.of_nat m = Z.of_nat g + Z.of_nat k) by lia.
    assert (G : 0 <= Z.of_nat g) by lia. assert (K : 0 <= Z.of_nat k) by lia.
    revert G K MZ U V E1 E2 B1 B2 B3 B4. generalize (Z.of_nat m) (Z.of_nat g) (Z.of_nat k) (rsum s g k) (zsum l)
      (rsum a 0 g) (rsum a g k) (rsum a 0 k) (rsum a k g). intros.
    apply Z.abs_le. split; nia.
  Qed.

  (* one rank from below and from above *)
  Lemma rank_high : forall j, (j < m)%nat -> Z.of_nat m * nth j s 0 - zsum l <= Z.of_nat j * (hi - lo).
  Proof.
    intros j J. destruct part_sorted as (a & _ & SA & L & SUM & B & HIGH & _). pose proof (HIGH j J). pose proof (B j J).
    assert (E : zsum l = rsum a 0 j + rsum a j (m - j)).
    { rewrite <- SUM, <- rsum_all, L. replace m with (j + (m - j))%nat at 1 by lia. apply (rsum_split a 0). }
    assert (B1 : Z.of_nat j * lo <= rsum a 0 j) by (apply (rsum_bounds a lo hi j 0); intros; apply B; lia).
    assert (B2 : Z.of_nat (m - j) * nth j a 0 <= rsum a j (m - j)).
    { apply (rsum_bounds a (nth j a 0) hi). intros i I. split; [apply sorted_nth; auto; lia | apply B; lia]. }
    rewrite Nat2Z.inj_sub in B2 by lia. assert (Z.of_nat j <= Z.of_nat m) by lia. nia.
  Qed.

  Lemma rank_low : forall j, (g <= j)%nat -> (j < m + g)%nat -> zsum l - Z.of_nat m * nth j s 0 <= Z.of_nat (m + g - 1 - j) * (hi - lo).
  Proof.
    intros j G J. destruct part_sorted as (a & _ & SA & L & SUM & B & _ & LOW). set (i := (j - g)%nat).
    assert (I : (i < m)%nat) by lia. pose proof (LOW i I) as H. replace (i + g)%nat with j in H by lia. pose proof (B i I).
    assert (E : zsum l = rsum a 0 (S i) + rsum a (S i) (m - S i)).
    { rewrite <- SUM, <- rsum_all, L. replace m with (S i + (m - S i))%nat at 1 by lia. apply (rsum_split a 0). }
    assert (B1 : rsum a 0 (S i) <= Z.of_nat (S i) * nth i a 0).
    { apply (rsum_bounds a lo (nth i a 0)). intros k K. split; [apply B; lia | apply sorted_nth; auto; lia]. }
    assert (B2 : rsum a (S i) (m - S i) <= Z.of_nat (m - S i) * hi) by (apply (rsum_bounds a lo hi); intros; apply B; lia).
    replace (m + g - 1 - j)%nat with (m - S i)%nat by lia.
    rewrite Nat2Z.inj_sub in * by lia. assert (Z.of_nat (S i) <= Z.of_nat m) by lia. nia.
  Qed.

  (* two neighbouring ranks: their mean is nearer than the two bounds of one rank would give *)
  Lemma pair_high : forall j, (S j < m)%nat -> Z.of_nat m * (nth j s 0 + nth (S j) s 0) - 2 * zsum l <= 2 * (Z.of_nat j * (hi - lo)).
  Proof.
    intros j J. destruct part_sorted as (a & _ & SA & L & SUM & B & HIGH & _).
    assert (J' : (j < m)%nat) by lia. pose proof (HIGH j J'). pose proof (HIGH (S j) J). pose proof (B (S j) J).
    assert (O : nth j a 0 <= nth (S j) a 0) by (apply sorted_nth; auto; lia).
    assert (E : zsum l = rsum a 0 j + (nth j a 0 + rsum a (S j) (m - S j))).
    { rewrite <- SUM, <- rsum_all, L. replace m with (j + S (m - S j))%nat at 1 by lia. apply (rsum_split a 0 j (S (m - S j))). }
    assert (B1 : Z.of_nat j * lo <= rsum a 0 j) by (apply (rsum_bounds a lo hi j 0); intros; apply B; lia).
    assert (B2 : Z.of_nat (m - S j) * nth (S j) a 0 <= rsum a (S j) (m - S j)).
    { apply (rsum_bounds a (nth (S j) a 0) hi). intros i I. split; [apply sorted_nth; auto; lia | apply B; lia]. }
    rewrite Nat2Z.inj_sub in B2 by lia. rewrite Nat2Z.inj_succ in B2. assert (Z.of_nat j + 2 <= Z.of_nat m) by lia.
    assert (0 <= Z.of_nat j) by lia. nia.
  Qed.

  Lemma pair_low : forall j, (g <= j)%nat -> (S j < m + g)%nat -> (2 <= m)%nat ->
    2 * zsum l - Z.of_nat m * (nth j s 0 + nth (S j) s 0) <= 2 * (Z.of_nat (m + g - 2 - j) * (hi - lo)).
  Proof.
    intros j G J M. destruct part_sorted as (a & _ & SA & L & SUM & B & _ & LOW). set (i := (j - g)%nat).
    assert (I : (i < m)%nat) by lia. assert (I' : (S i < m)%nat) by lia.
    pose proof (LOW i I) as H. replace (i + g)%nat with j in H by lia.
    pose proof (LOW (S i) I') as H'. replace (S i + g)%nat with (S j) in H' by lia. pose proof (B i I).
    assert (O : nth i a 0 <= nth (S i) a 0) by (apply sorted_nth; auto; lia).
    assert (E : zsum l = rsum a 0 (S i) + (nth (S i) a 0 + rsum a (S (S i)) (m - S (S i)))).
    { rewrite <- SUM, <- rsum_all, L. replace m with (S i + S (m - S (S i)))%nat at 1 by lia.
      apply (rsum_split a 0 (S i) (S (m - S (S i)))). }
    assert (B1 : rsum a 0 (S i) <= Z.of_nat (S i) * nth i a 0).
    { apply (rsum_bounds a lo (nth i a 0)). intros k K. split; [apply B; lia | apply sorted_nth; auto; lia]. }
    assert (B2 : rsum a (S (S i)) (m - S (S i)) <= Z.of_nat (m - S (S i)) * hi) by (apply (rsum_bounds a lo hi); intros; apply B; lia).
    replace (m + g - 2 - j)%nat with (m - S (S i))%nat by lia.
    rewrite Nat2Z.inj_sub in * by lia. rewrite !Nat2Z.inj_succ in *. assert (Z.of_nat i + 2 <= Z.of_nat m) by lia.
    assert (0 <= Z.of_nat i) by lia. nia.
  Qed.
End Ranks.

(* ---- sums over sets of rows that differ in few rows ---- *)

Definition mem (i : nat) (S : list nat) : bool := if in_dec Nat.eq_dec i S then true else false.

Lemma mem_true : forall i S, mem i S = true <-> In i S.
Proof. intros. unfold mem. destruct (in_dec Nat.eq_dec i S); split; auto; discriminate. Qed.

Lemma mem_false : forall i S, mem i S = false <-> ~ In i S.
Proof. intros. unfold mem. destruct (in_dec Nat.eq_dec i S); split; intros; auto; try discriminate; contradiction. Qed.

Definition meet (K S : list nat) : list nat := filter (fun i => mem i S) K.
Definition without (K S : list nat) : list nat := filter (fun i => negb (mem i S)) K.

Lemma in_meet : forall K S i, In i (meet K S) <-> In i K /\ In i S.
Proof. intros. unfold meet. rewrite filter_In, mem_true. reflexivity. Qed.

Lemma in_without : forall K S i, In i (without K S) <-> In i K /\ ~ In i S.
Proof. intros. unfold without. rewrite filter_In, Bool.negb_true_iff, mem_false. reflexivity. Qed.

Lemma meet_without : forall K S, Permutation K (meet K S ++ without K S).
Proof.
  intros K S. unfold meet, without. induction K as [ | a K IH]; simpl; [constructor | ].
  destruct (mem a S); simpl.
  - constructor. exact IH.
  - apply Permutation_cons_app. exact IH.
Qed.

Lemma meet_comm : forall K S, NoDup K -> NoDup S -> Permutation (meet K S) (meet S K).
Proof.
  intros. apply NoDup_Permutation; [apply NoDup_filter; assumption | apply NoDup_filter; assumption | ].
  intros i. rewrite !in_meet. tauto.
Qed.

Lemma without_length : forall K S, NoDup K -> NoDup S -> length K = length S -> length (without K S) = length (without S K).
Proof.
  intros K S HK HS L. pose proof (Permutation_length (meet_without K S)) as A. pose proof (Permutation_length (meet_without S K)) as B.
  pose proof (Permutation_length (meet_comm K S HK HS)) as C. rewrite app_length in *. lia.
Qed.

(* of n rows, those outside a set of m are at most n - m *)
Lemma without_few : forall K S T, NoDup K -> NoDup S -> incl K T -> incl S T -> (length (without K S) + length S <= length T)%nat.
Proof.
  intros K S T HK HS IK IS. rewrite <- app_length. apply NoDup_incl_length.
  - assert (ND : NoDup (without K S)) by (apply NoDup_filter; exact HK). revert ND.
    assert (D : forall i, In i (without K S) -> ~ In i S) by (intros i I; apply in_without in I; tauto). revert D.
    generalize (without K S) as W. induction W as [ | a W IH]; intros D ND; simpl; [exact HS | ].
    inversion ND; subst. constructor.
    + rewrite in_app_iff. intros [A | A]; [contradiction | ]. apply (D a); simpl; auto.
    + apply IH; [intros i I; apply D; simpl; auto | assumption].
  - intros i I. apply in_app_iff in I. destruct I as [I | I]; [apply in_without in I; apply IK; tauto | apply IS; exact I].
Qed.

Lemma zsum_near : forall A B E, length A = length B -> (forall a b, In a A -> In b B -> Z.abs (a - b) <= E) ->
  Z.abs (zsum A - zsum B) <= Z.of_nat (length A) * E.
Proof.
  induction A as [ | a A IH]; intros [ | b B] E L H; [simpl; lia | discriminate | discriminate | ]. simpl zsum. simpl length.
  assert (Z.abs (a - b) <= E) by (apply H; simpl; auto).
  assert (Z.abs (zsum A - zsum B) <= Z.of_nat (length A) * E) by (apply IH; [simpl in L; lia | intros; apply H; simpl; auto]).
  lia.
Qed.

Lemma sums_near : forall (w : nat -> Z) K S E f, NoDup K -> NoDup S -> length K = length S -> (length (without K S) <= f)%nat -> 0 <= E ->
  (forall k s, In k K -> ~ In k S -> In s S -> ~ In s K -> Z.abs (w k - w s) <= E) ->
  Z.abs (zsum (map w K) - zsum (map w S)) <= Z.of_nat f * E.
Proof.
  intros w K S E f HK HS L F PE H.
  rewrite (zsum_perm _ _ (Permutation_map w (meet_without K S))), (zsum_perm _ _ (Permutation_map w (meet_without S K))).
  rewrite !map_app, !zsum_app, (zsum_perm _ _ (Permutation_map w (meet_comm K S HK HS))).
  pose proof (zsum_near (map w (without K S)) (map w (without S K)) E) as N. rewrite !map_length in N.
  specialize (N (without_length K S HK HS L)).
  assert (Z.abs (zsum (map w (without K S)) - zsum (map w (without S K))) <= Z.of_nat (length (without K S)) * E).
  { apply N. intros a b A B. apply in_map_iff in A, B. destruct A as (k & <- & A), B as (i & <- & B).
    apply in_without in A, B. apply H; tauto. }
  assert (Z.of_nat (length (without K S)) * E <= Z.of_nat f * E) by (apply Z.mul_le_mono_nonneg_r; lia). lia.
Qed.
