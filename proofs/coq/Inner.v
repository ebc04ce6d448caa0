(* Inner products of vectors of d real coordinates, and sums of them: the algebra behind GeometricMedian.v. *)

Require Import Reals Lra List Permutation Lia.
From Certigar Require Import Mda.
Import ListNotations.
Open Scope R_scope.

(* ---- sums ---- *)

Definition total_of (T : list nat) (g : nat -> R) : R := sum (map g T).

Lemma total_ext : forall T g h, (forall i, In i T -> g i = h i) -> total_of T g = total_of T h.
Proof. intros T g h E. unfold total_of. f_equal. apply map_ext_in. exact E. Qed.

Lemma total_add : forall T g h, total_of T (fun i => g i + h i) = total_of T g + total_of T h.
Proof. unfold total_of. induction T as [ | i T IH]; intros; simpl; [ring | ]. rewrite IH. ring. Qed.

Lemma total_scale : forall T c g, total_of T (fun i => c * g i) = c * total_of T g.
Proof. unfold total_of. induction T as [ | i T IH]; intros; simpl; [ring | ]. rewrite IH. ring. Qed.

Lemma total_const : forall T c, total_of T (fun _ => c) = INR (length T) * c.
Proof. unfold total_of. induction T as [ | i T IH]; intros c; [simpl; ring | ]. cbn [map sum length]. rewrite IH, S_INR. ring. Qed.

Lemma total_le : forall T g h, (forall i, In i T -> g i <= h i) -> total_of T g <= total_of T h.
Proof.
  unfold total_of. induction T as [ | i T IH]; intros g h L; simpl; [lra | ].
  pose proof (L i (or_introl eq_refl)). pose proof (IH g h (fun j J => L j (or_intror J))). lra.
Qed.

Lemma total_positive : forall T g, (forall i, In i T -> 0 <= g i) -> 0 <= total_of T g.
Proof. intros T g P. rewrite <- (Rmult_0_r (INR (length T))), <- total_const. apply total_le. exact P. Qed.

Lemma total_swap : forall T K (g : nat -> nat -> R), total_of T (fun i => total_of K (g i)) = total_of K (fun k => total_of T (fun i => g i k)).
Proof.
  induction T as [ | i T IH]; intros K g.
  - unfold total_of at 1. simpl. unfold total_of at 2. simpl. rewrite total_const. ring.
  - change (total_of (i :: T) (fun i => total_of K (g i))) with (total_of K (g i) + total_of T (fun i => total_of K (g i))).
    rewrite IH, <- total_add. reflexivity.
Qed.

Lemma total_perm : forall T K g, Permutation T K -> total_of T g = total_of K g.
Proof. intros T K g P. unfold total_of. apply sum_perm, Permutation_map, P. Qed.

Lemma total_app : forall T K g, total_of (T ++ K) g = total_of T g + total_of K g.
Proof. intros T K g. unfold total_of. rewrite map_app, sum_app. reflexivity. Qed.

(* ---- inner products ---- *)

Definition inner (d : nat) (a b : vector) : R := total_of (seq 0 d) (fun k => a k * b k).

Lemma inner_ext : forall d a b u v, (forall k, (k < d)%nat -> a k = u k) -> (forall k, (k < d)%nat -> b k = v k) -> inner d a b = inner d u v.
Proof. intros d a b u v E F. apply total_ext. intros k K. apply in_seq in K. rewrite E, F by lia. reflexivity. Qed.

Lemma inner_comm : forall d a b, inner d a b = inner d b a.
Proof. intros d a b. apply total_ext. intros. ring. Qed.

Lemma inner_plus : forall d a b c, inner d a (plus b c) = inner d a b + inner d a c.
Proof. intros d a b c. unfold inner. rewrite <- total_add. apply total_ext. intros. unfold plus. ring. Qed.

Lemma inner_scaled : forall d a b t, inner d a (scaled t b) = t * inner d a b.
Proof. intros d a b t. unfold inner. rewrite <- total_scale. apply total_ext. intros. unfold scaled. ring. Qed.

Lemma inner_minus : forall d a b c, inner d a (minus b c) = inner d a b - inner d a c.
Proof.
  intros d a b c. replace (inner d a b - inner d a c) with (inner d a b + -1 * inner d a c) by ring.
  rewrite <- inner_scaled, <- inner_plus. apply inner_ext; intros; unfold minus, plus, scaled; ring.
Qed.

Lemma inner_total : forall d T (z : nat -> vector) b, inner d (total z T) b = total_of T (fun i => inner d (z i) b).
Proof.
  intros d T z b. unfold inner. rewrite total_swap. apply total_ext. intros k _. unfold total.
  rewrite Rmult_comm. change (sum (map (fun i => z i k) T)) with (total_of T (fun i => z i k)). rewrite <- total_scale.
  apply total_ext. intros. ring.
Qed.

Lemma inner_self : forall d a, inner d a a = squares d a.
Proof. reflexivity. Qed.

Lemma squares_positive : forall d a, 0 <= squares d a.
Proof. intros d a. apply sum_squares_positive. Qed.

Lemma euclidean_squared : forall d a, euclidean d a * euclidean d a = squares d a.
Proof. intros d a. apply sqrt_sqrt. apply squares_positive. Qed.

Lemma euclidean_positive : forall d a, 0 <= euclidean d a.
Proof. intros d a. apply sqrt_pos. Qed.

Lemma inner_at_most : forall d a b, inner d a b <= euclidean d a * euclidean d b.
Proof.
  intros d a b. unfold euclidean. rewrite <- sqrt_mult by apply squares_positive.
  apply Rle_trans with (Rabs (inner d a b)); [apply Rle_abs | ]. rewrite <- sqrt_Rsqr_abs. apply sqrt_le_1_alt. apply cauchy_schwarz.
Qed.

Lemma squares_scaled : forall d a t, squares d (scaled t a) = t * t * squares d a.
Proof. intros d a t. rewrite <- !inner_self, inner_scaled, inner_comm, inner_scaled. ring. Qed.

Lemma squares_minus : forall d a b, squares d (minus a b) = squares d a - 2 * inner d a b + squares d b.
Proof.
  intros d a b. rewrite <- !inner_self, inner_minus, (inner_comm d (minus a b) a), (inner_comm d (minus a b) b), !inner_minus.
  rewrite (inner_comm d b a). ring.
Qed.

Lemma euclidean_ext : forall d a b, (forall k, (k < d)%nat -> a k = b k) -> euclidean d a = euclidean d b.
Proof. intros d a b E. unfold euclidean. rewrite <- !inner_self. f_equal. apply inner_ext; exact E. Qed.

Lemma euclidean_scaled : forall d a t, 0 <= t -> euclidean d (scaled t a) = t * euclidean d a.
Proof. intros d a t P. destruct (euclidean_norm d) as (_ & _ & S). rewrite S, Rabs_right by lra. reflexivity. Qed.
