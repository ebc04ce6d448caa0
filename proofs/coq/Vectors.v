(* From columns to vectors: a rule that has the coefficient lambda in one column, applied to each of d columns, has

     |F(x) - mean_S|^2 <= lambda^2 min(d, n-f-1) max_{i,j in S} |x_i - x_j|^2      (Euclidean norms)

   Farhadkhani et al. 2022 (coefficients in Fabris 2023, section 1.2.2.1) put min(2 sqrt(n-f), sqrt(d)) on lambda; sqrt(n-f-1) is less
   than half of the first. For let y be a column of m = n-f values, of spread s. The sum of (y_i - y_j)^2 over all ordered pairs is
   2 m times the sum of (y_i - mean)^2, of which the least and the greatest value alone contribute at least s^2/2. So m s^2 is at
   most the sum over pairs. Summed over the columns: m sum_k s_k^2 <= sum_{i,j} |x_i - x_j|^2 <= (m^2 - m) max |x_i - x_j|^2.

   Squares throughout: integers and fractions suffice. *)

Require Import ZArith QArith Qabs List Permutation Sorted Lia.
From Certigar Require Import Lists Bounds Rules Columns Resilience Selection.
Import ListNotations.
Open Scope Z_scope.

(* ---- sums ---- *)

Definition qsum (l : list Q) : Q := fold_right Qplus 0%Q l.
Definition qsquare (a : Q) : Q := (a * a)%Q.

Lemma zsum_const : forall (A : Type) (c : Z) (l : list A), zsum (map (fun _ => c) l) = Z.of_nat (length l) * c.
Proof. induction l as [ | a l IH]; simpl zsum; simpl length; [lia | ]. lia. Qed.

Lemma zsum_le : forall (A : Type) (g h : A -> Z) l, (forall a, In a l -> g a <= h a) -> zsum (map g l) <= zsum (map h l).
Proof.
  induction l as [ | a l IH]; intros H; simpl; [lia | ].
  assert (g a <= h a) by (apply H; left; reflexivity). assert (zsum (map g l) <= zsum (map h l)) by (apply IH; intros; apply H; right;
    assumption). lia.
Qed.

Lemma zsum_scale : forall (A : Type) (g : A -> Z) c l, zsum (map (fun a => c * g a) l) = c * zsum (map g l).
Proof. induction l as [ | a l IH]; simpl; lia. Qed.

Lemma zsum_add : forall (A : Type) (g h : A -> Z) l, zsum (map (fun a => g a + h a) l) = zsum (map g l) + zsum (map h l).
Proof. induction l as [ | a l IH]; simpl; lia. Qed.

Lemma zsum_swap : forall (A B : Type) (g : A -> B -> Z) l k,
  zsum (map (fun a => zsum (map (g a) k)) l) = zsum (map (fun b => zsum (map (fun a => g a b) l)) k).
Proof.
  induction l as [ | a l IH]; intros k; simpl.
  - rewrite zsum_const. lia.
  - rewrite IH, <- zsum_add. reflexivity.
Qed.

Lemma zsum_member : forall (A : Type) (g : A -> Z) l a, (forall a, 0 <= g a) -> In a l -> g a <= zsum (map g l).
Proof.
  induction l as [ | b l IH]; intros a P I; [destruct I | ]. simpl. destruct I as [<- | I].
  - assert (0 <= zsum (map g l)) by (rewrite <- (Z.mul_0_r (Z.of_nat (length l))), <- (zsum_const A 0 l); apply zsum_le; auto). lia.
  - specialize (IH a P I). specialize (P b). lia.
Qed.

(* ---- the spread of a column against its pairs ---- *)

Definition square (a : Z) : Z := a * a.

Lemma square_positive : forall a, 0 <= square a.
Proof. intros. unfold square. nia. Qed.

(* two different members have two terms *)
Lemma zsum_two : forall (g : Z -> Z) l a b, (forall a, 0 <= g a) -> In a l -> In b l -> a <> b -> g a + g b <= zsum (map g l).
Proof.
  induction l as [ | c l IH]; intros a b P A B N; [destruct A | ]. simpl. destruct A as [-> | A], B as [-> | B].
  - contradiction.
  - pose proof (zsum_member Z g l b P B). lia.
  - pose proof (zsum_member Z g l a P A). lia.
  - specialize (IH a b P A B N). specialize (P c). lia.
Qed.

(* the sum of squares about c *)
Lemma squares_about : forall l m c, zsum (map (fun y => square (m * y - c)) l)
  = m * m * zsum (map square l) - 2 * m * c * zsum l + Z.of_nat (length l) * (c * c).
Proof.
  induction l as [ | y l IH]; intros m c; cbn [map zsum]; [simpl length; ring | ]. rewrite IH. cbn [length]. rewrite Nat2Z.inj_succ.
  assert (E : square (m * y - c) = m * m * square y - 2 * m * c * y + c * c) by (unfold square; ring). rewrite E. ring.
Qed.

(* the sum of the squared differences over all ordered pairs *)
Definition pairs (l : list Z) : Z := zsum (map (fun a => zsum (map (fun b => square (a - b)) l)) l).

Lemma pairs_squares : forall l, pairs l = 2 * (Z.of_nat (length l) * zsum (map square l) - zsum l * zsum l).
Proof.
  intros l. unfold pairs.
  assert (E : forall k, zsum (map (fun a => zsum (map (fun b => square (a - b)) l)) k)
    = Z.of_nat (length l) * zsum (map square k) - 2 * zsum k * zsum l + Z.of_nat (length k) * zsum (map square l)).
  { induction k as [ | a k IH]; cbn [map zsum]; [simpl length; ring | ]. rewrite IH. cbn [length]. rewrite Nat2Z.inj_succ.
    assert (F : zsum (map (fun b => square (a - b)) l) = zsum (map square l) - 2 * a * zsum l + Z.of_nat (length l) * square a).
    { clear. induction l as [ | b l IH]; cbn [map zsum]; [simpl length; ring | ]. rewrite IH. cbn [length]. rewrite Nat2Z.inj_succ.
      assert (G : square (a - b) = square a - 2 * a * b + square b) by (unfold square; ring). rewrite G. ring. }
    rewrite F. ring. }
  rewrite E. ring.
Qed.

Lemma spread_pairs : forall l, l <> [] -> Z.of_nat (length l) * square (greatest l - least l) <= pairs l.
Proof.
  intros l N. destruct (least_greatest l N) as (A & B & _). set (a := greatest l) in *. set (b := least l) in *.
  set (m := Z.of_nat (length l)). assert (PM : 0 < m) by (destruct l; [contradiction | unfold m; simpl length; lia]).
  destruct (Z.eq_dec a b) as [-> | D].
  - rewrite Z.sub_diag. unfold square. rewrite Z.mul_0_r. unfold pairs.
    rewrite <- (Z.mul_0_r (Z.of_nat (length l))), <- (zsum_const Z 0 l). apply zsum_le. intros c _.
    rewrite <- (Z.mul_0_r (Z.of_nat (length l))), <- (zsum_const Z 0 l). apply zsum_le. intros d _. apply square_positive.
  - pose proof (zsum_two (fun y => square (m * y - zsum l)) l a b (fun y => square_positive _) B A D) as T.
    rewrite squares_about in T. fold m in T. rewrite pairs_squares. fold m.
    revert T. generalize (zsum (map square l)), (zsum l). intros P2 P1 T. unfold square in *.
    assert (H : m * (m * ((a - b) * (a - b))) <= m * (2 * (m * P2 - P1 * P1)))
      by (pose proof (Z.square_nonneg (m * a - P1 + (m * b - P1))); lia).
    apply Z.mul_le_mono_pos_l in H; assumption.
Qed.

(* ---- rows of d columns ---- *)

Definition distance2 (d : nat) (v : nat -> nat -> Z) (i j : nat) : Z := zsum (map (fun k => square (v i k - v j k)) (seq 0 d)).

Section Rows_of_columns.
  Variables (d : nat) (v : nat -> nat -> Z) (S : list nat).
  Hypothesis some : S <> [].

  Local Notation values k := (map (fun i => v i k) S).
  Local Notation widest := (diameter (distance2 d v) S).

  Definition spreads : Z := zsum (map (fun k => square (greatest (values k) - least (values k))) (seq 0 d)).

  Lemma values_some : forall k, values k <> [].
  Proof. intros k. destruct S; [contradiction | discriminate]. Qed.

  Lemma spreads_columns : spreads <= Z.of_nat d * widest.
  Proof.
    replace (Z.of_nat d) with (Z.of_nat (length (seq 0 d))) by (rewrite seq_length; reflexivity).
    rewrite <- (zsum_const nat widest (seq 0 d)). apply zsum_le. intros k K.
    destruct (least_greatest _ (values_some k)) as (A & B & _). apply in_map_iff in A, B. destruct A as (j & A & J), B as (i & B & I).
    rewrite <- A, <- B. transitivity (distance2 d v i j); [ | apply diameter_greatest; assumption].
    apply (zsum_member nat (fun k => square (v i k - v j k))); [intros; apply square_positive | exact K].
  Qed.

  Lemma spreads_rows : spreads <= Z.of_nat (length S - 1) * widest.
  Proof.
    set (m := Z.of_nat (length S)). assert (PM : 0 < m) by (destruct S; [contradiction | unfold m; simpl length; lia]).
    assert (A : m * spreads <= zsum (map (fun i => zsum (map (fun j => distance2 d v i j) S)) S)).
    { unfold spreads. rewrite <- zsum_scale.
      transitivity (zsum (map (fun k => pairs (values k)) (seq 0 d))).
      - apply zsum_le. intros k _. pose proof (spread_pairs (values k) (values_some k)) as P. rewrite map_length in P. exact P.
      - apply Z.eq_le_incl. unfold pairs, distance2.
        transitivity (zsum (map (fun k => zsum (map (fun i => zsum (map (fun j => square (v i k - v j k)) S)) S)) (seq 0 d))).
        + f_equal. apply map_ext. intros k. rewrite map_map. f_equal. apply map_ext. intros i. rewrite map_map. reflexivity.
        + rewrite zsum_swap. f_equal. apply map_ext. intros i. rewrite zsum_swap. reflexivity. }
    assert (B : zsum (map (fun i => zsum (map (fun j => distance2 d v i j) S)) S) <= m * ((m - 1) * widest)).
    { unfold m at 1. rewrite <- (zsum_const nat ((m - 1) * widest) S). apply zsum_le. intros i I.
      (* of the m distances of a row one is 0, its own *)
      assert (W : forall l, incl l S -> In i l -> zsum (map (distance2 d v i) l) <= (Z.of_nat (length l) - 1) * widest).
      { assert (Z0 : distance2 d v i i = 0).
        { unfold distance2. rewrite <- (Z.mul_0_r (Z.of_nat (length (seq 0 d)))), <- (zsum_const nat 0). f_equal. apply map_ext.
          intros k. unfold square. lia. }
        assert (U : forall j, In j S -> distance2 d v i j <= widest) by (intros j J; apply diameter_greatest; assumption).
        induction l as [ | j l IH]; intros IL IN; [destruct IN | ]. cbn [map zsum length]. rewrite Nat2Z.inj_succ.
        assert (IL' : incl l S) by (intros k K; apply IL; right; exact K). destruct IN as [-> | IN].
        - rewrite Z0. assert (zsum (map (distance2 d v i) l) <= Z.of_nat (length l) * widest); [ | lia].
          rewrite <- (zsum_const nat widest l). apply zsum_le. intros j J. apply U. apply IL'. exact J.
        - specialize (IH IL' IN). specialize (U j (IL j (or_introl eq_refl))). lia. }
      apply (W S); [intros j J; exact J | exact I]. }
    rewrite Nat2Z.inj_sub by lia. fold m. change (Z.of_nat 1) with 1. apply (Z.mul_le_mono_pos_l _ _ m PM). lia.
  Qed.

  Lemma errors_squared : forall (q : nat -> Q) lambda, (0 <= lambda)%Q -> (forall k, In k (seq 0 d) ->
    Within (q k) (fun i => v i k) S lambda) ->
    (qsum (map (fun k => qsquare (q k - mean (values k))) (seq 0 d)) <= lambda * lambda * inject_Z spreads)%Q.
  Proof.
    intros q lambda P. unfold spreads, qsquare. induction (seq 0 d) as [ | k l IH]; intros W; cbn [map zsum qsum fold_right].
    - setoid_replace (lambda * lambda * inject_Z 0)%Q with 0%Q by (unfold inject_Z; ring). apply Qle_refl.
    - rewrite inject_Z_plus, Qmult_plus_distr_r. apply Qplus_le_compat; [ | apply IH; intros; apply W; right; assumption].
      pose proof (W k (or_introl eq_refl)) as H. unfold Within, spread in H.
      set (e := (q k - mean (values k))%Q) in *. set (s := greatest (values k) - least (values k)) in *.
      assert (E : (e * e == Qabs e * Qabs e)%Q) by (rewrite <- Qabs_Qmult; symmetry; apply Qabs_pos; destruct e as [u w];
        unfold Qle, Qmult; simpl; nia).
      rewrite E. unfold square. rewrite inject_Z_mult.
      setoid_replace (lambda * lambda * (inject_Z s * inject_Z s))%Q with ((lambda * inject_Z s) * (lambda * inject_Z s))%Q by ring.
      apply Qle_trans with (Qabs e * (lambda * inject_Z s))%Q.
      + setoid_rewrite (Qmult_comm (Qabs e) (lambda * inject_Z s)). apply Qmult_le_compat_r; [exact H | apply Qabs_nonneg].
      + apply Qmult_le_compat_r; [exact H | ]. apply Qle_trans with (2 := H). apply Qabs_nonneg.
  Qed.
End Rows_of_columns.

Theorem spreads_bounded : forall d v S, S <> [] -> spreads d v S <= Z.of_nat (Nat.min d (length S - 1)) * diameter (distance2 d v) S.
Proof.
  intros d v S N. destruct (Nat.min_spec d (length S - 1)) as [[_ ->] | [_ ->]]; [apply spreads_columns | apply spreads_rows]; exact N.
Qed.

(* x i k is the value of row i in column k; q k, the output in column k *)
Theorem coordinatewise_resilient : forall n f rule lambda, (f < n)%nat -> (0 <= lambda)%Q -> Resilient n f rule lambda ->
  forall d x v S q, Rows n (n - f) S -> (forall i k, In i S -> (k < d)%nat -> x i k = Fin (v i k)) ->
  (forall k, (k < d)%nat -> rule (fun i => x i k) (q k)) ->
  (qsum (map (fun k => qsquare (q k - mean (map (fun i => v i k) S))) (seq 0 d))
     <= lambda * lambda * inject_Z (Z.of_nat (Nat.min d (n - f - 1)) * diameter (distance2 d v) S))%Q.
Proof.
  intros n f rule lambda F P RES d x v S q R H RULE.
  assert (N : S <> []) by (intros ->; destruct R as (_ & L & _); simpl in L; lia).
  apply Qle_trans with (lambda * lambda * inject_Z (spreads d v S))%Q.
  - apply errors_squared; [exact P | ]. intros k K. apply in_seq in K. apply (RES (fun i => x i k)); [exact R | | apply RULE; lia].
    intros i I. apply H; [exact I | lia].
  - rewrite (Qmult_comm (lambda * lambda) (inject_Z (spreads d v S))), (Qmult_comm (lambda * lambda)).
    apply Qmult_le_compat_r; [ | apply Qmult_le_0_compat; exact P]. rewrite <- Zle_Qle.
    pose proof (spreads_bounded d v S N) as B. destruct R as (_ & L & _). rewrite L in B. exact B.
Qed.
