//! Blocks of one form that stand close together are judged alike: a list is the story's or it is not, and so is a row of
//! teasers. A few of them are more easily told than each.

/// Blocks of other forms between two of one form that still stand together.
const BETWEEN: usize = 6;
/// Blocks that must stand together.
const TOGETHER: usize = 2;
/// The likelihoods that are in doubt; a surer block goes its own way.
const DOUBTFUL: std::ops::RangeInclusive<f32> = 0.15..=0.85;

/// Gives the doubtful ones among blocks that stand together the mean of their likelihoods, where that is on the other
/// side of `keep_from`. `forms` says of each block which form it has, `is_scored` whether the scores decide it. For each
/// block, whether it was changed.
pub(super) fn agree(
    forms: &[usize],
    is_scored: impl Fn(usize) -> bool,
    keep_from: f32,
    likelihoods: &mut [f32],
) -> Vec<bool> {
    let mut changed = vec![false; likelihoods.len()];
    let decided = |cluster: &Vec<usize>| cluster.len() >= TOGETHER && cluster.iter().all(|block| is_scored(*block));
    for cluster in clusters(forms).into_iter().filter(decided) {
        let mean = cluster.iter().map(|block| likelihoods[*block]).sum::<f32>() / cluster.len() as f32;
        for block in cluster {
            let own = likelihoods[block];
            if DOUBTFUL.contains(&own) && (own >= keep_from) != (mean >= keep_from) {
                likelihoods[block] = mean;
                changed[block] = true;
            }
        }
    }
    changed
}

/// The blocks of each form that stand together.
fn clusters(forms: &[usize]) -> Vec<Vec<usize>> {
    let mut clusters: Vec<Vec<usize>> = Vec::new();
    // For each form, its last cluster.
    let mut last: Vec<Option<usize>> = vec![None; forms.iter().max().map_or(0, |most| most + 1)];
    for (block, form) in forms.iter().enumerate() {
        let is_near = |cluster: &usize| clusters[*cluster].last().is_some_and(|last| block - last <= BETWEEN + 1);
        if let Some(cluster) = last[*form].filter(is_near) {
            clusters[cluster].push(block);
        } else {
            last[*form] = Some(clusters.len());
            clusters.push(vec![block]);
        }
    }
    clusters
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agreed(forms: &[usize], mut likelihoods: Vec<f32>) -> Vec<bool> {
        agree(forms, |block| block < 90, 0.45, &mut likelihoods);
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
    fn blocks_far_apart_do_not_stand_together() {
        let forms = [0, 0, 1, 2, 3, 4, 5, 6, 7, 0];
        let likelihoods = vec![0.8, 0.8, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.4];
        assert!(!agreed(&forms, likelihoods)[9]);
        assert!(clusters(&[]).is_empty());
    }
}
