using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Shrinking;

/// <summary>The changes that make a step simpler, the simplest first.</summary>
internal static class StepChanges
{
    public static readonly IReadOnlyList<Func<Step, IEnumerable<Step>>> All =
    [
        step =>
            step.Kind
                is StepKind.DispatchAsync
                    or StepKind.Post
                    or StepKind.PostMany
                    or StepKind.Tell
                    or StepKind.Submit
                ? [step with { Kind = StepKind.Dispatch, Works = [.. step.Works.Take(1)] }]
                : [],
        step =>
            step.Timeout is null
                ? []
                :
                [
                    step with
                    {
                        Timeout = null,
                    },
                    .. Numbers.Below(step.Timeout.Value, 1).Select(timeout => step with { Timeout = timeout }),
                ],
        step =>
            step.CancelAfter is null
                ? []
                :
                [
                    step with
                    {
                        CancelAfter = null,
                    },
                    .. Numbers.Below(step.CancelAfter.Value, 0).Select(after => step with { CancelAfter = after }),
                ],
        step => step.Awaited ? [] : [step with { Awaited = true }],
        step =>
            step.Kind switch
            {
                StepKind.Pause or StepKind.Jump or StepKind.FreezeChild or StepKind.StarveChild => Numbers
                    .Below(step.Amount, 1)
                    .Select(amount => step with { Amount = amount }),
                StepKind.SetTiming => Numbers.Below(step.Amount, 10).Select(amount => step with { Amount = amount }),
                StepKind.Resize => Numbers.Below(step.Amount, 1).Select(amount => step with { Amount = amount }),
                StepKind.Shutdown when step.Amount != 0 => [step with { Amount = 0 }],
                _ => [],
            },
    ];
}
