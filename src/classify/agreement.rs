//! Blocks of one form that stand close together are judged alike: a list is the story's or it is not, and so is a row of
//! teasers. A few of them are more easily told than each.

/// Blocks of other forms between two of one form that still stand together.
const BETWEEN: usize = 6;
/// Blocks that must stand together.
const TOGETHER: usize = 2;
/// The likelihoods that are in doubt; a surer block goes its own way.
const DOUBTFUL: std::ops::RangeInclusive<f32> = 0.15..=0.85;
/// The mean from which blocks stay that stand together with running text that is surely the story's: else a page may be
/// left with its first paragraph (a list of places, a paragraph each, in a report of an earthquake).
const KEEP_BESIDE_STORY: f32 = 0.3;

/// What a block looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// Running text.
    Prose,
    /// A link and nothing else.
    Link,
    /// Something else.
    Line,
}

/// Gives the doubtful ones among blocks that stand together the mean of their likelihoods, where that is on the other
/// side of `keep_from`. `forms` says of each block which form it has, `is_scored` whether the scores decide it, `look` what
/// it looks like. For each block, whether it was changed.
pub(super) fn agree(
    forms: &[usize],
    is_scored: impl Fn(usize) -> bool,
    look: impl Fn(usize) -> Look,
    keep_from: f32,
    likelihoods: &mut [f32],
) -> Vec<bool> {
    let (numbers, mut clusters) = clusters(forms);
    for (block, number) in numbers.iter().enumerate() {
        let cluster = &mut clusters[*number];
        cluster.blocks += 1;
        cluster.sum += likelihoods[block];
        cluster.scored &= is_scored(block);
        cluster.has_story |= likelihoods[block] >= *DOUBTFUL.end() && look(block) == Look::Prose;
    }
    let is_other_way = |block: usize, own: f32, cluster: &Cluster| {
        let decides = cluster.blocks >= TOGETHER && cluster.scored;
        let beside_story = cluster.has_story && look(block) != Look::Link;
        let stays = cluster.mean() >= if beside_story { KEEP_BESIDE_STORY } else { keep_from };
        decides && DOUBTFUL.contains(&own) && (own >= keep_from) != stays
    };
    let agrees = |(block, (own, number)): (usize, (&mut f32, &usize))| {
        let changes = is_other_way(block, *own, &clusters[*number]);
        if changes {
            let mean = clusters[*number].mean();
            *own = if *own < keep_from { mean.max(keep_from) } else { mean };
        }
        changes
    };
    likelihoods.iter_mut().zip(&numbers).enumerate().map(agrees).collect()
}

/// Blocks that stand together.
#[derive(Debug, Clone, Copy)]
struct Cluster {
    blocks: usize,
    /// Of their likelihoods.
    sum: f32,
    /// Whether the scores decide all of them.
    scored: bool,
    /// Whether one is running text that is surely the story's.
    has_story: bool,
}

impl Cluster {
    const EMPTY: Cluster = Cluster { blocks: 0, sum: 0.0, scored: true, has_story: false };

    fn mean(&self) -> f32 {
        self.sum / self.blocks as f32
    }
}

/// For each block the number of its cluster, and as many empty clusters.
fn clusters(forms: &[usize]) -> (Vec<usize>, Vec<Cluster>) {
    let mut clusters = Vec::with_capacity(forms.len());
    // For each form, its last cluster and the last block of that.
    let mut last: Vec<Option<(usize, usize)>> = vec![None; forms.iter().max().map_or(0, |most| most + 1)];
    let number = |(block, form): (usize, &usize)| {
        let near = last[*form].filter(|(_, before)| block - before <= BETWEEN + 1);
        let number = near.map_or(clusters.len(), |(number, _)| number);
        if number == clusters.len() {
            clusters.push(Cluster::EMPTY);
        }
        last[*form] = Some((number, block));
        number
    };
    let numbers = forms.iter().enumerate().map(number).collect();
    (numbers, clusters)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agreed(forms: &[usize], mut likelihoods: Vec<f32>) -> Vec<bool> {
        agree(forms, |block| block < 90, |_| Look::Line, 0.45, &mut likelihoods);
        likelihoods.into_iter().map(|likelihood| likelihood >= 0.45).collect()
    }

    #[test]
    fn a_list_is_kept_or_dropped_as_a_whole() {
        assert_eq!(agreed(&[0, 0, 0], vec![0.6, 0.4, 0.5]), [true; 3]);
        assert_eq!(agreed(&[0, 0, 0], vec![0.3, 0.5, 0.2]), [false; 3]);
        assert_eq!(agreed(&[0, 1, 0, 1, 0], vec![0.6, 0.2, 0.4, 0.2, 0.5]), [true, false, true, false, true]);
    }

    #[test]
    fn sure_blocks_and_single_ones_go_their_own_way() {
        assert_eq!(agreed(&[0, 1], vec![0.6, 0.4]), [true, false]);
        assert_eq!(agreed(&[0, 0, 0, 0], vec![0.8, 0.05, 0.8, 0.4]), [true, false, true, true]);
    }

    #[test]
    fn what_stands_with_surely_running_text_stays_sooner() {
        let agreed = |first: Look, last: Look, likelihoods: [f32; 4]| {
            let mut likelihoods = likelihoods.to_vec();
            let look = |block: usize| [first, Look::Line, Look::Line, last][block];
            agree(&[0; 4], |_| true, look, 0.45, &mut likelihoods);
            likelihoods.into_iter().map(|likelihood| likelihood >= 0.45).collect::<Vec<_>>()
        };
        assert_eq!(agreed(Look::Prose, Look::Line, [0.9, 0.2, 0.25, 0.2]), [true; 4]);
        assert_eq!(agreed(Look::Prose, Look::Link, [0.9, 0.2, 0.25, 0.2]), [true, true, true, false], "a link alone");
        assert_eq!(agreed(Look::Prose, Look::Line, [0.8, 0.2, 0.25, 0.2]), [false; 4], "not surely the story's");
        assert_eq!(
            agreed(Look::Line, Look::Line, [0.9, 0.2, 0.25, 0.2]),
            [true, false, false, false],
            "no running text"
        );
        assert_eq!(
            agreed(Look::Prose, Look::Line, [0.9, 0.05, 0.16, 0.05]),
            [true, false, false, false],
            "hardly in doubt"
        );
    }

    #[test]
    fn blocks_far_apart_do_not_stand_together() {
        let forms = [0, 0, 1, 2, 3, 4, 5, 6, 7, 0];
        let likelihoods = vec![0.8, 0.8, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.4];
        assert!(!agreed(&forms, likelihoods)[9]);
        assert!(agreed(&[], Vec::new()).is_empty());
    }
}
