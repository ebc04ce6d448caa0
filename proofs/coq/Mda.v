(* Minimum diameter averaging of vectors has the resilience coefficient 2f/(n-f), in every norm:

     |mean_T - mean_S| <= 2f/(n-f) max_{i,j in S} |x_i - x_j|      T: the n-f rows of least diameter; S: any n-f rows; n > 2f

   Farhadkhani et al. 2022; Fabris 2023, section 1.2.2.1, Algorithm 5 (its divisor n-2f is an error: it is n-f). T and S differ in at
   most f rows. A row of T and one of S are at most diam_T + diam_S <= 2 diam_S apart, by way of a row that T and S share, of which
   there are at least n-2f. The means are exact, and so is the choice of T; least by squared distances is least by distances.
   Real numbers, for the norms. *)

Require Import Reals Lra List Permutation Lia.
From Certigar Require Import Bounds Rules Selection.
Import ListNotations.
Open Scope R_scope.

Definition vector := nat -> R.

Definition plus (a b : vector) : vector := fun k => a k + b k.
Definition minus (a b : vector) : vector := fun k => a k - b k.
Definition scaled (c : R) (a : vector) : vector := fun k => c * a k.

Definition Seminorm (N : vector -> R) : Prop :=
  (forall a b, (forall k, a k = b k) -> N a = N b) /\ (forall a b, N (plus a b) <= N a + N b)
  /\ (forall c a, N (scaled c a) = Rabs c * N a).

Fixpoint sum (l : list R) : R := match l with [] => 0 | a :: t => a + sum t end.

Definition total (x : nat -> vector) (T : list nat) : vector := fun k => sum (map (fun i => x i k) T).
Definition average (x : nat -> vector) (T : list nat) : vector := fun k => total x T k / INR (length T).

(* the greatest distance within T is at most that within any S of as many rows *)
Definition LeastDiameter (n f : nat) (N : vector -> R) (x : nat -> vector) (T : list nat) : Prop :=
  Rows n (n - f) T /\ forall S, Rows n (n - f) S -> forall i j, In i T -> In j T ->
    exists k l, In k S /\ In l S /\ N (minus (x i) (x j)) <= N (minus (x k) (x l)).

(* ---- sums ---- *)

Lemma sum_app : forall a b, sum (a ++ b) = sum a + sum b.
Proof. induction a as [ | c a IH]; intros; simpl; [ | rewrite IH]; lra. Qed.

Lemma sum_perm : forall a b, Permutation a b -> sum a = sum b.
Proof. induction 1; simpl; lra. Qed.

Section Norm.
  Variable N : vector -> R.
  Hypothesis norm : Seminorm N.

  Lemma norm_zero : forall a, (forall k, a k = 0) -> N a = 0.
  Proof.
    intros a H. destruct norm as (E & _ & S). rewrite (E a (scaled 0 a)); [rewrite S, Rabs_R0; ring | ].
    intros k. unfold scaled. rewrite H. ring.
  Qed.

  Lemma norm_symmetric : forall a b, N (minus a b) = N (minus b a).
  Proof.
    intros a b. destruct norm as (E & _ & S). rewrite (E (minus a b) (scaled (-1) (minus b a))).
    - rewrite S, Rabs_left by lra. ring.
    - intros k. unfold scaled, minus. ring.
  Qed.

  Lemma norm_via : forall a b c, N (minus a b) <= N (minus a c) + N (minus c b).
  Proof.
    intros a b c. destruct norm as (E & P & _). rewrite (E (minus a b) (plus (minus a c) (minus c b))); [apply P | ].
    intros k. unfold plus, minus. ring.
  Qed.

  Lemma norm_positive : forall a, 0 <= N a.
  Proof.
    intros a. destruct norm as (_ & P & S).
    pose proof (P a (scaled (-1) a)) as Q. rewrite (norm_zero (plus a (scaled (-1) a))) in Q by (intros k; unfold plus, scaled; ring).
    rewrite S, Rabs_left in Q by lra. lra.
  Qed.

  (* as many rows on both sides, each at most E from each *)
  Lemma totals_near : forall (x : nat -> vector) E A B, length A = length B ->
    (forall a b, In a A -> In b B -> N (minus (x a) (x b)) <= E) -> N (minus (total x A) (total x B)) <= INR (length A) * E.
  Proof.
    intros x E. induction A as [ | a A IH]; intros [ | b B] L H; try discriminate.
    - rewrite norm_zero; [simpl; lra | ]. intros k. unfold minus, total. simpl. ring.
    - destruct norm as (X & P & _).
      rewrite (X _ (plus (minus (x a) (x b)) (minus (total x A) (total x B)))) by (intros k; unfold plus, minus, total; simpl; ring).
      apply Rle_trans with (1 := P _ _). cbn [length]. rewrite S_INR.
      assert (N (minus (x a) (x b)) <= E) by (apply H; left; reflexivity).
      assert (N (minus (total x A) (total x B)) <= INR (length A) * E) by (apply IH; [simpl in L; lia | intros; apply H; right;
        assumption]).
      lra.
  Qed.

  Lemma totals_differ : forall x T S, NoDup T -> NoDup S -> forall k,
    minus (total x T) (total x S) k = minus (total x (without T S)) (total x (without S T)) k.
  Proof.
    intros x T S DT DS k. unfold minus, total.
    rewrite (sum_perm _ _ (Permutation_map (fun i => x i k) (meet_without T S))),
      (sum_perm _ _ (Permutation_map (fun i => x i k) (meet_without S T))).
    rewrite !map_app, !sum_app, (sum_perm _ _ (Permutation_map (fun i => x i k) (meet_comm T S DT DS))). ring.
  Qed.

  Lemma mda_within : forall n f x T S D, (2 * f < n)%nat -> LeastDiameter n f N x T -> Rows n (n - f) S ->
    (forall k l, In k S -> In l S -> N (minus (x k) (x l)) <= D) -> N (minus (average x T) (average x S)) <= 2 * INR f / INR (n - f) * D.
  Proof.
    intros n f x T S D F (RT & LEAST) RS B. specialize (LEAST S RS).
    pose proof (rows_incl _ _ _ RT) as IT. pose proof (rows_incl _ _ _ RS) as IS.
    destruct RT as (DT & LT & _), RS as (DS & LS & _).
    pose proof (without_few T S (seq 0 n) DT DS IT IS) as W. rewrite seq_length, LS in W.
    pose proof (Permutation_length (meet_without T S)) as M. rewrite app_length, LT in M.
    assert (C : exists c, In c T /\ In c S).
    { destruct (meet T S) as [ | c t] eqn:E; [simpl in M; lia | ]. exists c. apply in_meet. rewrite E. left. reflexivity. }
    destruct C as (c & CT & CS).
    assert (PD : 0 <= D) by (apply Rle_trans with (2 := B c c CS CS); apply norm_positive).
    assert (NEAR : N (minus (total x T) (total x S)) <= INR f * (2 * D)).
    { destruct norm as (X & _). rewrite (X _ _ (totals_differ x T S DT DS)).
      apply Rle_trans with (INR (length (without T S)) * (2 * D)).
      - apply totals_near; [apply without_length; [exact DT | exact DS | lia] | ]. intros a b IA IB. apply in_without in IA, IB.
        apply Rle_trans with (1 := norm_via (x a) (x b) (x c)). destruct (LEAST a c (proj1 IA) CT) as (k & l & K & L & Q).
        pose proof (B k l K L). pose proof (B c b CS (proj1 IB)). lra.
      - apply Rmult_le_compat_r; [lra | ]. apply le_INR. lia. }
    assert (PM : 0 < INR (n - f)) by (apply lt_0_INR; lia).
    destruct norm as (X & _ & SC). rewrite (X _ (scaled (/ INR (n - f)) (minus (total x T) (total x S)))).
    - rewrite SC, Rabs_right by (left; apply Rinv_0_lt_compat; exact PM).
      replace (2 * INR f / INR (n - f) * D) with (/ INR (n - f) * (INR f * (2 * D))) by (field; lra).
      apply Rmult_le_compat_l; [left; apply Rinv_0_lt_compat; exact PM | exact NEAR].
    - intros k. unfold minus, scaled, average. rewrite LT, LS. field. lra.
  Qed.
End Norm.

Theorem mda_resilient : forall N n f x T S D, Seminorm N -> (2 * f < n)%nat -> LeastDiameter n f N x T -> Rows n (n - f) S ->
  (forall k l, In k S -> In l S -> N (minus (x k) (x l)) <= D) -> N (minus (average x T) (average x S)) <= 2 * INR f / INR (n - f) * D.
Proof. intros N n f x T S D H. apply mda_within. exact H. Qed.

(* ---- the Euclidean norm of d columns is one ---- *)

Definition squares (d : nat) (a : vector) : R := sum (map (fun k => (a k)²) (seq 0 d)).
Definition euclidean (d : nat) (a : vector) : R := sqrt (squares d a).

Lemma sum_squares_positive : forall (g : nat -> R) l, 0 <= sum (map (fun k => (g k)²) l).
Proof. induction l as [ | k l IH]; simpl; [lra | ]. pose proof (Rle_0_sqr (g k)). lra. Qed.

(* Cauchy-Schwarz, for sums of products *)
Lemma cauchy_schwarz : forall (a b : nat -> R) l,
  (sum (map (fun k => a k * b k) l))² <= sum (map (fun k => (a k)²) l) * sum (map (fun k => (b k)²) l).
Proof.
  intros a b. induction l as [ | k l IH]; simpl; [unfold Rsqr; lra | ].
  pose proof (sum_squares_positive a l) as PA. pose proof (sum_squares_positive b l) as PB.
  revert IH PA PB. generalize (sum (map (fun k => a k * b k) l)), (sum (map (fun k => (a k)²) l)), (sum (map (fun k => (b k)²) l)).
  generalize (a k), (b k). intros u w P A B IH PA PB.
  assert (H : 2 * (u * w * P) <= A * w² + B * u²).
  { apply Rle_trans with (Rabs (2 * (u * w * P))); [apply Rle_abs | ].
    apply Rsqr_incr_0.
    - rewrite <- Rsqr_abs. apply Rle_trans with (4 * (u² * w²) * (A * B)).
      + replace ((2 * (u * w * P))²) with (4 * (u² * w²) * P²) by (unfold Rsqr; ring).
        apply Rmult_le_compat_l; [ | exact IH]. pose proof (Rle_0_sqr u). pose proof (Rle_0_sqr w).
        assert (0 <= u² * w²) by (apply Rmult_le_pos; assumption). lra.
      + pose proof (Rle_0_sqr (A * w² - B * u²)) as Q. unfold Rsqr in *. lra.
    - apply Rabs_pos.
    - pose proof (Rle_0_sqr u). pose proof (Rle_0_sqr w). apply Rplus_le_le_0_compat; apply Rmult_le_pos; assumption. }
  unfold Rsqr in *. lra.
Qed.

Theorem euclidean_norm : forall d, Seminorm (euclidean d).
Proof.
  intros d. split; [ | split].
  - intros a b H. unfold euclidean, squares. f_equal. f_equal. apply map_ext. intros k. rewrite H. reflexivity.
  - intros a b. unfold euclidean, squares. set (l := seq 0 d).
    pose proof (sum_squares_positive a l) as PA. pose proof (sum_squares_positive b l) as PB. pose proof (cauchy_schwarz a b l) as CS.
    assert (E : sum (map (fun k => (plus a b k)²) l)
      = sum (map (fun k => (a k)²) l) + 2 * sum (map (fun k => a k * b k) l) + sum (map (fun k => (b k)²) l)).
    { clear. induction l as [ | k l IH]; simpl; [ring | ]. rewrite IH. unfold plus, Rsqr. ring. }
    rewrite E. clear E. revert CS PA PB.
    generalize (sum (map (fun k => a k * b k) l)), (sum (map (fun k => (a k)²) l)), (sum (map (fun k => (b k)²) l)).
    intros P A B CS PA PB.
    assert (H : P <= sqrt A * sqrt B).
    { rewrite <- sqrt_mult by assumption. apply Rle_trans with (Rabs P); [apply Rle_abs | ]. rewrite <- sqrt_Rsqr_abs.
      apply sqrt_le_1_alt. exact CS. }
    pose proof (sqrt_pos A). pose proof (sqrt_pos B).
    rewrite <- (sqrt_Rsqr (sqrt A + sqrt B)) by lra. apply sqrt_le_1_alt.
    pose proof (Rsqr_sqrt A PA). pose proof (Rsqr_sqrt B PB). unfold Rsqr in *. lra.
  - intros c a. unfold euclidean, squares.
    assert (E : sum (map (fun k => (scaled c a k)²) (seq 0 d)) = c² * sum (map (fun k => (a k)²) (seq 0 d))).
    { induction (seq 0 d) as [ | k l IH]; simpl; [ring | ]. rewrite IH. unfold scaled, Rsqr. ring. }
    rewrite E, sqrt_mult_alt by apply Rle_0_sqr. rewrite sqrt_Rsqr_abs. reflexivity.
Qed.
