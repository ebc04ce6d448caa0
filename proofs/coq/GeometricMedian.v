(* What src/real/median_point.h says is certain of a point of the geometric median: how far its sum of distances is above the least one, at most.

   F(y) is the sum of the distances of y to the rows T, in d coordinates. Vectors z_i of norm <= 1 with sum 0 bound it from below, at every point p
   (the dual problem; H. W. Kuhn: A note on Fermat's problem. Mathematical Programming 4, 1973): whatever y is,

     sum <z_i, x_i - y>  =  sum <z_i, x_i - p>  <=  F(p),                                                               dual_bound

   since the z_i have sum 0, and by Cauchy-Schwarz. With weights w_i of sum 1, y = sum w_i x_i and the squared distances D_ij,

     |y - x_i|^2  =  sum_j w_j D_ij  -  1/2 sum_jk w_j w_k D_jk,                                                   (1)  weighted_square
     F(p)  >=  (1/2 sum_jk w_j w_k D_jk) / M    if the weights are >= 0 and M >= w_i |y - x_i| for every i,        (2)  weights_bound
     F(p)  >=  min(1, e / R) F(c)    if e rows are equal to c and R is the norm of the sum of the unit vectors from
                                     c to the others,                                                              (3)  row_bound
     and c is a minimiser exactly if R <= e, as it is if e is at least the number of the others     (row_minimiser, row_minimiser_only, row_most).

   Bounds of the D_ij give bounds of (1) if the weights are >= 0 (weighted_square_bounds). (2) holds of a numerator that is too small and an M that
   is too great, (3) of an R that is too great, which is how the code rounds them. F(y) rounded up less such a bound is then an upper bound of F(y) -
   F(p) for every p, that is of F(y) - min F (median_gap). This is about real numbers: that the code computes these, and rounds each to the safe
   side, is tested. *)

Require Import Reals Lra List Permutation Lia.
From Certigar Require Import Mda Inner.
Import ListNotations.
Open Scope R_scope.

Section Median.
  Variables (d : nat) (x : nat -> vector).

  Local Notation norm := (euclidean d).

  Definition F (T : list nat) (y : vector) : R := total_of T (fun i => norm (minus (x i) y)).

  Definition D (i j : nat) : R := squares d (minus (x i) (x j)).

  Definition weighted (T : list nat) (w : nat -> R) : vector := total (fun i => scaled (w i) (x i)) T.       (* sum w_i x_i *)

  Definition spread_of (T : list nat) (w : nat -> R) : R :=                                                   (* sum_jk w_j w_k D_jk *)
    total_of T (fun j => w j * total_of T (fun k => w k * D j k)).

  Lemma inner_unit : forall z a, norm z <= 1 -> inner d z a <= norm a.
  Proof.
    intros z a Z. apply Rle_trans with (1 := inner_at_most d z a). pose proof (euclidean_positive d a). pose proof (euclidean_positive d z). nra.
  Qed.

  (* ---- the dual ---- *)

  Theorem dual_bound : forall T (z : nat -> vector) y p, (forall i, In i T -> norm (z i) <= 1) -> (forall k, (k < d)%nat -> total z T k = 0) ->
    total_of T (fun i => inner d (z i) (minus (x i) y)) <= F T p.
  Proof.
    intros T z y p Z S. apply Rle_trans with (total_of T (fun i => inner d (z i) (minus (x i) p))).
    - apply Req_le. assert (N : inner d (total z T) (minus p y) = 0).
      { unfold inner. rewrite <- (Rmult_0_r (INR (length (seq 0 d)))), <- total_const. apply total_ext. intros k K. apply in_seq in K.
        rewrite S by lia. ring. }
      rewrite inner_total in N. rewrite <- (Rplus_0_r (total_of T (fun i => inner d (z i) (minus (x i) p)))), <- N, <- total_add.
      apply total_ext. intros i _. rewrite <- inner_plus. apply inner_ext; intros; unfold plus, minus; ring.
    - apply total_le. intros i I. apply inner_unit. apply Z. exact I.
  Qed.

  Lemma F_positive : forall T p, 0 <= F T p.
  Proof. intros T p. apply total_positive. intros. apply euclidean_positive. Qed.

  (* ---- (1) ---- *)

  (* in one column, a_j the values, of W = total weight 1 *)
  Lemma column_squares : forall T (w a : nat -> R) u, total_of T (fun j => w j * ((u - a j) * (u - a j)))
    = u * u * total_of T w - 2 * u * total_of T (fun j => w j * a j) + total_of T (fun j => w j * (a j * a j)).
  Proof. unfold total_of. intros T w a u. induction T as [ | j T IH]; simpl; [ring | ]. rewrite IH. ring. Qed.

  Lemma column_pairs : forall T (w a : nat -> R), total_of T w = 1 ->
    total_of T (fun j => w j * total_of T (fun k => w k * ((a j - a k) * (a j - a k))))
    = 2 * total_of T (fun j => w j * (a j * a j)) - 2 * (total_of T (fun j => w j * a j) * total_of T (fun j => w j * a j)).
  Proof.
    intros T w a W. set (P := total_of T (fun j => w j * a j)). set (S := total_of T (fun j => w j * (a j * a j))).
    rewrite (total_ext T _ (fun j => w j * (a j * a j) + (-2 * P * (w j * a j) + S * w j))).
    - rewrite !total_add, !total_scale, W. fold P S. ring.
    - intros j _. rewrite column_squares, W. fold P S. ring.
  Qed.

  Lemma spread_columns : forall T w, spread_of T w
    = total_of (seq 0 d) (fun c => total_of T (fun j => w j * total_of T (fun k => w k * ((x j c - x k c) * (x j c - x k c))))).
  Proof.
    intros T w. unfold spread_of. rewrite total_swap. apply total_ext. intros j _. rewrite total_scale, total_swap. f_equal.
    apply total_ext. intros k _. rewrite total_scale. reflexivity.
  Qed.

  Theorem weighted_square : forall T w i, total_of T w = 1 ->
    squares d (minus (weighted T w) (x i)) = total_of T (fun j => w j * D i j) - / 2 * spread_of T w.
  Proof.
    intros T w i W.
    assert (E : total_of T (fun j => w j * D i j) = total_of (seq 0 d) (fun c => total_of T (fun j => w j * ((x i c - x j c) * (x i c - x j c))))).
    { rewrite total_swap. apply total_ext. intros j _. rewrite total_scale. reflexivity. }
    rewrite E. enough (H : squares d (minus (weighted T w) (x i)) + / 2 * spread_of T w
      = total_of (seq 0 d) (fun c => total_of T (fun j => w j * ((x i c - x j c) * (x i c - x j c))))) by lra.
    rewrite spread_columns, <- total_scale. change (squares d (minus (weighted T w) (x i)))
      with (total_of (seq 0 d) (fun c => (weighted T w c - x i c) * (weighted T w c - x i c))).
    rewrite <- total_add. apply total_ext. intros c _. rewrite (column_pairs T w (fun j => x j c) W), (column_squares T w (fun j => x j c)), W.
    change (weighted T w c) with (total_of T (fun j => w j * x j c)). field.
  Qed.

  Lemma weighted_square_turned : forall T w i, total_of T w = 1 ->
    squares d (minus (x i) (weighted T w)) = total_of T (fun j => w j * D i j) - / 2 * spread_of T w.
  Proof.
    intros T w i W. rewrite <- weighted_square by exact W. rewrite !squares_minus, (inner_comm d (x i)). ring.
  Qed.

  (* L and U bound the distances; the weights are >= 0 *)
  Theorem weighted_square_bounds : forall T w i (L U : nat -> nat -> R), total_of T w = 1 -> (forall j, In j T -> 0 <= w j) -> In i T ->
    (forall j k, In j T -> In k T -> L j k <= D j k <= U j k) ->
    total_of T (fun j => w j * L i j) - / 2 * total_of T (fun j => w j * total_of T (fun k => w k * U j k))
      <= squares d (minus (weighted T w) (x i))
      <= total_of T (fun j => w j * U i j) - / 2 * total_of T (fun j => w j * total_of T (fun k => w k * L j k)).
  Proof.
    intros T w i L U W P I B. rewrite weighted_square by exact W.
    assert (ROW : forall G H : nat -> R, (forall j, In j T -> G j <= H j) -> total_of T (fun j => w j * G j) <= total_of T (fun j => w j * H j)).
    { intros G H LE. apply total_le. intros j J. apply Rmult_le_compat_l; [apply P | apply LE]; exact J. }
    pose proof (ROW (L i) (D i) (fun j J => proj1 (B i j I J))). pose proof (ROW (D i) (U i) (fun j J => proj2 (B i j I J))).
    pose proof (ROW _ _ (fun j J => ROW (L j) (D j) (fun k K => proj1 (B j k J K)))).
    pose proof (ROW _ _ (fun j J => ROW (D j) (U j) (fun k K => proj2 (B j k J K)))). unfold spread_of. lra.
  Qed.

  (* ---- (2) ---- *)

  (* sum w_i |x_i - y|^2 *)
  Lemma weighted_squares : forall T w, total_of T w = 1 ->
    total_of T (fun i => w i * squares d (minus (x i) (weighted T w))) = / 2 * spread_of T w.
  Proof.
    intros T w W. rewrite (total_ext T _ (fun i => w i * total_of T (fun j => w j * D i j) + - / 2 * spread_of T w * w i)).
    - rewrite total_add, total_scale, W. unfold spread_of. lra.
    - intros i _. rewrite (weighted_square_turned T w i W). ring.
  Qed.

  Theorem weights_bound : forall T w s M p, total_of T w = 1 -> (forall i, In i T -> 0 <= w i) -> s <= spread_of T w -> 0 < M ->
    (forall i, In i T -> w i * norm (minus (weighted T w) (x i)) <= M) -> / 2 * s / M <= F T p.
  Proof.
    intros T w s M p W P S PM B. set (y := weighted T w). set (z := fun i => scaled (w i / M) (minus (x i) y)).
    assert (PI : 0 < / M) by (apply Rinv_0_lt_compat; exact PM).
    assert (PQ : forall i, In i T -> 0 <= w i / M) by (intros i I; apply Rmult_le_pos; [apply P; exact I | lra]).
    apply Rle_trans with (total_of T (fun i => inner d (z i) (minus (x i) y))); [ | apply dual_bound].
    - rewrite (total_ext T _ (fun i => / M * (w i * squares d (minus (x i) y)))).
      + rewrite total_scale. unfold y. rewrite weighted_squares by exact W. unfold Rdiv. rewrite Rmult_comm.
        apply Rmult_le_compat_l; lra.
      + intros i _. unfold z. rewrite inner_comm, inner_scaled, inner_self. unfold Rdiv. ring.
    - intros i I. unfold z. rewrite euclidean_scaled by (apply PQ; exact I). destruct (euclidean_norm d) as (EX & AD & SC).
      rewrite (norm_symmetric norm (conj EX (conj AD SC))). apply Rmult_le_reg_l with M; [exact PM | ].
      replace (M * (w i / M * norm (minus y (x i)))) with (w i * norm (minus y (x i))) by (field; lra). rewrite Rmult_1_r. apply B. exact I.
    - intros k _. unfold z, total. change (total_of T (fun i => scaled (w i / M) (minus (x i) y) k) = 0).
      rewrite (total_ext T _ (fun i => / M * (w i * x i k) + - (/ M * y k) * w i)).
      + rewrite total_add, !total_scale, W. change (total_of T (fun i => w i * x i k)) with (y k). ring.
      + intros i _. unfold scaled, minus, Rdiv. ring.
  Qed.

  (* ---- (3) ---- *)

  Section Row.
    Variables (T equal others : list nat) (c : vector).          (* c: a row; equal: those equal to it, others: those that are not *)
    Hypothesis split : Permutation T (equal ++ others).
    Hypothesis same : forall i, In i equal -> forall k, (k < d)%nat -> x i k = c k.
    Hypothesis apart : forall i, In i others -> 0 < norm (minus (x i) c).

    Local Notation e := (INR (length equal)).

    Definition unit (i : nat) : vector := scaled (/ norm (minus (x i) c)) (minus (x i) c).                  (* u_i *)
    Definition pull : R := norm (total unit others).                                                        (* R *)

    Lemma F_split : forall p, F T p = e * norm (minus c p) + F others p.
    Proof.
      intros p. unfold F. rewrite (total_perm _ _ _ split), total_app. f_equal. rewrite <- total_const. apply total_ext. intros i I.
      apply euclidean_ext. intros k K. unfold minus. rewrite (same i I k K). reflexivity.
    Qed.

    Lemma F_at_row : F T c = F others c.
    Proof.
      rewrite F_split. rewrite (norm_zero norm (euclidean_norm d)); [ring | ]. intros k. unfold minus. ring.
    Qed.

    Lemma unit_length : forall i, In i others -> norm (unit i) = 1.
    Proof.
      intros i I. specialize (apart i I). unfold unit. rewrite euclidean_scaled by (left; apply Rinv_0_lt_compat; exact apart).
      field. lra.
    Qed.

    Lemma unit_along : forall i, In i others -> inner d (unit i) (minus (x i) c) = norm (minus (x i) c).
    Proof.
      intros i I. specialize (apart i I). unfold unit. rewrite inner_comm, inner_scaled, inner_self, <- euclidean_squared. field. lra.
    Qed.

    Lemma row_bound_share : forall t p, 0 <= t <= 1 -> t * pull <= e -> t * F T c <= F T p.
    Proof.
      intros t p (P & Q) B. rewrite F_at_row, (F_split p).
      assert (A : F others c + inner d (total unit others) (minus c p) <= F others p).
      { rewrite inner_total. unfold F. rewrite <- total_add. apply total_le. intros i I. rewrite <- (unit_along i I), <- inner_plus.
        apply Rle_trans with (inner d (unit i) (minus (x i) p)).
        - apply Req_le, inner_ext; intros; unfold plus, minus; ring.
        - apply inner_unit. right. apply unit_length. exact I. }
      assert (C : - (pull * norm (minus c p)) <= inner d (total unit others) (minus c p)).
      { pose proof (inner_at_most d (total unit others) (scaled (-1) (minus c p))) as N. rewrite inner_scaled in N.
        destruct (euclidean_norm d) as (_ & _ & SC). rewrite SC, Rabs_left in N by lra. unfold pull. lra. }
      pose proof (euclidean_positive d (minus c p)) as PN. pose proof (F_positive others p) as PF.
      apply Rle_trans with (t * (F others p + pull * norm (minus c p))); [apply Rmult_le_compat_l; lra | ].
      assert (t * F others p <= 1 * F others p) by (apply Rmult_le_compat_r; assumption).
      assert (t * pull * norm (minus c p) <= e * norm (minus c p)) by (apply Rmult_le_compat_r; assumption). lra.
    Qed.

    Theorem row_bound : forall R' p, pull <= R' -> 0 < R' -> Rmin 1 (e / R') * F T c <= F T p.
    Proof.
      intros R' p L P. pose proof (pos_INR (length equal)) as PE.
      assert (Q : 0 <= e / R') by (apply Rmult_le_pos; [exact PE | left; apply Rinv_0_lt_compat; exact P]). apply row_bound_share.
      - split; [apply Rmin_glb; lra | apply Rmin_l].
      - apply Rle_trans with (e / R' * R'); [ | apply Req_le; field; lra].
        apply Rmult_le_compat; [apply Rmin_glb; lra | apply euclidean_positive | apply Rmin_r | exact L].
    Qed.

    Theorem row_minimiser : pull <= e -> forall p, F T c <= F T p.
    Proof. intros B p. rewrite <- (Rmult_1_l (F T c)). apply row_bound_share; lra. Qed.

    Theorem pull_few : pull <= INR (length others).
    Proof.
      unfold pull. enough (H : forall l, incl l others -> norm (total unit l) <= INR (length l)) by (apply H; intros i I; exact I).
      induction l as [ | i l IH]; intros IL.
      - rewrite (norm_zero norm (euclidean_norm d)); [simpl; lra | reflexivity].
      - cbn [length]. rewrite S_INR. apply Rle_trans with (norm (unit i) + norm (total unit l)).
        + destruct (euclidean_norm d) as (_ & AD & _). exact (AD (unit i) (total unit l)).
        + rewrite (unit_length i (IL i (or_introl eq_refl))). pose proof (IH (fun j J => IL j (or_intror J))). lra.
    Qed.

    Theorem row_most : (length others <= length equal)%nat -> pull <= e.
    Proof. intros L. apply Rle_trans with (1 := pull_few). apply le_INR. exact L. Qed.

    (* R^2 is a sum of inner products, and each follows from squared distances *)
    Theorem pull_squared : pull * pull = total_of others (fun i => total_of others (fun j => inner d (unit i) (unit j))).
    Proof.
      unfold pull. rewrite euclidean_squared, <- inner_self, inner_total. apply total_ext. intros i _.
      rewrite inner_comm, inner_total. apply total_ext. intros j _. apply inner_comm.
    Qed.

    Theorem unit_product : forall i j, In i others -> In j others -> inner d (unit i) (unit j)
      = / 2 * (squares d (minus (x i) c) + squares d (minus (x j) c) - D i j) / (norm (minus (x i) c) * norm (minus (x j) c)).
    Proof.
      intros i j I J. pose proof (apart i I). pose proof (apart j J). unfold unit.
      rewrite inner_scaled, inner_comm, inner_scaled.
      assert (E : D i j = squares d (minus (x i) c) - 2 * inner d (minus (x i) c) (minus (x j) c) + squares d (minus (x j) c)).
      { rewrite <- squares_minus. unfold D. rewrite <- !inner_self. apply inner_ext; intros; unfold minus; ring. }
      rewrite E, (inner_comm d (minus (x j) c)). field. lra.
    Qed.

    (* |a - t b| <= |a| - t <a,b> / |a| + t^2 |b|^2 / (2 |a|) *)
    Lemma norm_step : forall a b t, 0 < norm a ->
      norm (minus a (scaled t b)) <= norm a + - t * inner d (scaled (/ norm a) a) b + t * t * squares d b * (/ 2 * / norm a).
    Proof.
      intros a b t P. set (h := - t * inner d a b * 2 + t * t * squares d b).
      assert (E : squares d (minus a (scaled t b)) = norm a * norm a + h).
      { rewrite squares_minus, squares_scaled, inner_scaled, euclidean_squared. unfold h. ring. }
      assert (G : norm a + - t * inner d (scaled (/ norm a) a) b + t * t * squares d b * (/ 2 * / norm a) = norm a + h / (2 * norm a)).
      { rewrite (inner_comm d (scaled (/ norm a) a)), inner_scaled, (inner_comm d b). unfold h. field. lra. }
      rewrite G. pose proof (squares_positive d (minus a (scaled t b))) as PS. rewrite E in PS. apply Rsqr_incr_0_var.
      - unfold Rsqr. rewrite euclidean_squared, E.
        replace ((norm a + h / (2 * norm a)) * (norm a + h / (2 * norm a)))
          with (norm a * norm a + h + (h / (2 * norm a)) * (h / (2 * norm a))) by (field; lra).
        pose proof (Rle_0_sqr (h / (2 * norm a))) as Q. unfold Rsqr in Q. lra.
      - apply Rmult_le_reg_l with (2 * norm a); [lra | ]. rewrite Rmult_0_r.
        replace (2 * norm a * (norm a + h / (2 * norm a))) with (norm a * norm a + (norm a * norm a + h)) by (field; lra).
        pose proof (Rle_0_sqr (norm a)) as Q. unfold Rsqr in Q. lra.
    Qed.

    Theorem row_minimiser_only : (forall p, F T c <= F T p) -> pull <= e.
    Proof.
      intros M. destruct (Rle_or_lt pull e) as [ | L]; [assumption | exfalso]. pose proof (pos_INR (length equal)) as PE.
      set (U := total unit others). set (K := total_of others (fun i => / 2 * / norm (minus (x i) c))).
      assert (PK : 0 <= K).
      { apply total_positive. intros i I. pose proof (Rinv_0_lt_compat _ (apart i I)). lra. }
      (* along U, F falls at the rate R (R - e) *)
      assert (STEP : forall t, 0 <= t -> F T (plus c (scaled t U)) <= F T c + t * pull * (e - pull) + t * t * (pull * pull) * K).
      { intros t P. rewrite F_at_row, F_split.
        assert (A : norm (minus c (plus c (scaled t U))) = t * pull).
        { rewrite (norm_symmetric norm (euclidean_norm d)). unfold pull. fold U. rewrite <- (euclidean_scaled d U t P).
          apply euclidean_ext. intros. unfold minus, plus, scaled. ring. }
        rewrite A. assert (B : F others (plus c (scaled t U)) <= F others c + - t * (pull * pull) + t * t * (pull * pull) * K).
        { unfold pull. fold U. rewrite euclidean_squared. rewrite <- (inner_self d U) at 1. unfold U at 2. rewrite inner_total.
          unfold F, K. rewrite <- !total_scale, <- !total_add. apply total_le. intros i I.
          rewrite (euclidean_ext d (minus (x i) (plus c (scaled t U))) (minus (minus (x i) c) (scaled t U)))
            by (intros; unfold minus, plus; ring).
          exact (norm_step (minus (x i) c) U t (apart i I)). }
        lra. }
      set (t := (pull - e) / (2 * pull * (K + 1))).
      assert (PP : 0 < pull) by lra. assert (PD : 0 < 2 * pull * (K + 1)) by (apply Rmult_lt_0_compat; lra).
      assert (PT : 0 < t) by (apply Rmult_lt_0_compat; [lra | apply Rinv_0_lt_compat; exact PD]).
      specialize (STEP t (Rlt_le _ _ PT)). specialize (M (plus c (scaled t U))).
      assert (H : t * pull * (K + 1) = (pull - e) / 2) by (unfold t; field; lra).
      assert (N : 0 <= t * pull * ((e - pull) + t * pull * K)) by lra.
      assert (Q : (e - pull) + t * pull * K < 0).
      { assert (0 < t * pull) by (apply Rmult_lt_0_compat; assumption). lra. }
      assert (0 < t * pull) by (apply Rmult_lt_0_compat; assumption).
      pose proof (Rmult_lt_compat_l (t * pull) _ _ H0 Q). lra.
    Qed.
  End Row.

  (* v: F at y, or more; b: a lower bound of F, at every point *)
  Theorem median_gap : forall T y v b p, F T y <= v -> (forall q, b <= F T q) -> F T y - F T p <= v - b.
  Proof. intros T y v b p V B. specialize (B p). lra. Qed.
End Median.
