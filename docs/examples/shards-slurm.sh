#!/bin/bash
#SBATCH --job-name=voicegen
#SBATCH --array=1-20
#SBATCH --cpus-per-task=2
#SBATCH --mem=2G
#SBATCH --time=04:00:00
# Builds the pages of the project in the folder that it is submitted from, in as many shards as the array has:
#
#     shards=$(sbatch --parsable shards-slurm.sh)
#     sbatch --dependency=afterany:$shards --wrap="voicegen publish"
#
# The array must begin with 1, since shards are counted from 1.
set -u

cd "${SLURM_SUBMIT_DIR:?submit this with sbatch}" || exit 2
code=0
voicegen build --plain --jobs "$SLURM_CPUS_PER_TASK" \
    --shard "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT" || code=$?
# 3: something stood in the way that may pass. SLURM gives the task its place in the queue again.
if [ "$code" -eq 3 ] && [ "${SLURM_RESTART_COUNT:-0}" -lt 3 ]; then
    scontrol requeue "${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}"
fi
exit "$code"
