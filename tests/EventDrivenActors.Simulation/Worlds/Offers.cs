using Akka.Actor;
using EventDrivenActors.Simulation.Notes;
using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Worlds;

/// <summary>Dispatches events, and notes how they end.</summary>
internal static class Offers
{
    /// <summary>Notes that an event was accepted, and later how it settles.</summary>
    public static TPending Accepted<TPending>(
        Scene scene,
        int node,
        string key,
        Work work,
        TPending pending,
        string from,
        int token = 0,
        int? timeout = null
    )
        where TPending : Pending
    {
        scene.Add(NoteKind.Accepted, work, node, key, from, token, timeout ?? 0);
        bool told = false;
        scene.Open[pending] = work;
        pending.WhenSettled(outcome =>
        {
            scene.Add(
                told ? NoteKind.SettledAgain : NoteKind.Settled,
                work,
                node,
                key,
                Say(outcome),
                token,
                outcome.Status == PendingStatus.Completed ? outcome.Results.Count : 0
            );
            told = true;
            scene.Open.TryRemove(pending, out _);
            if (outcome.Status == PendingStatus.Completed)
            {
                CheckResults(scene, node, work, outcome.Results);
            }
        });
        return pending;
    }

    /// <summary>An act of a handler: dispatches and goes on.</summary>
    public static void Send(Scene scene, Act act)
    {
        Work work = act.Inner! with { Event = scene.NextEvent() };
        int node = Math.Max(act.Node, 0);
        try
        {
            Accepted(
                scene,
                node,
                act.Key,
                work,
                scene.Nodes[node].Dispatch(act.Key, Cargo.Make(work.Cargo), args: [work]),
                "Handler"
            );
        }
        catch (Exception exception)
        {
            scene.Add(NoteKind.Refused, work, node, act.Key, Scene.Say(exception));
        }
    }

    /// <summary>An act of a handler: begins a shutdown and goes on.</summary>
    public static void Stop(Scene scene, Session session, Act act)
    {
        int node = act.Node < 0 ? scene.NodeOf(session) : act.Node;
        _ = ShutAsync(scene, node, (ShutdownMode)act.Amount, null);
    }

    /// <summary>Shuts a node down, and notes the report.</summary>
    public static async Task ShutAsync(Scene scene, int node, ShutdownMode mode, int? deadline)
    {
        int token = scene.NextToken();
        scene.Add(NoteKind.CallBegun, node, $"Shutdown {mode} {deadline}", token, (int)mode);
        string how;
        try
        {
            ShutdownReport report = await scene
                .Nodes[node]
                .ShutdownAsync(mode, deadline is { } limit ? TimeSpan.FromMilliseconds(limit) : null);
            how = string.Join(
                ' ',
                $"Shutdown completed={report.Completed} failed={report.Failed} cancelled={report.Cancelled}",
                $"abandoned={report.Abandoned} vetoed={report.Vetoed} ended={report.Ended}",
                $"errors={report.AdapterErrors.Count}"
            );
        }
        catch (Exception exception)
        {
            how = $"Shutdown {Scene.Say(exception)}";
        }

        scene.Add(NoteKind.CallEnded, node, how, token);
    }

    /// <summary>Dispatches the events of a step of a client.</summary>
    /// <returns>The pending; null where there is none, or the dispatch threw.</returns>
    public static async Task<Pending?> OfferAsync(
        Scene scene,
        Step step,
        Work planned,
        CancellationToken cancellationToken,
        Action<Work> began
    )
    {
        IController target = scene.Nodes[step.Node];
        int token = scene.NextToken();
        Work work = planned with { Event = scene.NextEvent() };
        began(work);
        scene.Add(NoteKind.Offered, work, step.Node, step.Key, $"{step.Kind}", token);
        EventOptions? options = step.Timeout is { } timeout
            ? new EventOptions { Timeout = TimeSpan.FromMilliseconds(timeout) }
            : null;
        object? cargo = Cargo.Make(work.Cargo);
        try
        {
            switch (step.Kind)
            {
                case StepKind.Dispatch:
                    return Accept(step.Key, target.Dispatch(step.Key, cargo, null, [work], options, cancellationToken));
                case StepKind.DispatchAsync:
                    return Accept(
                        step.Key,
                        await target.DispatchAsync(step.Key, cargo, null, [work], options, cancellationToken)
                    );
                case StepKind.Submit:
                    return Accept(
                        "submit",
                        target.Submit(
                            SimHandlers.SubmittedAsync,
                            work,
                            options: options,
                            cancellationToken: cancellationToken
                        )
                    );
                case StepKind.Tell:
                    target.Ref.Tell(new ControllerEvent(step.Key, cargo, [work]), ActorRefs.NoSender);
                    break;
                default:
                    target.Post(step.Key, cargo, null, [work]);
                    break;
            }

            scene.Add(NoteKind.Accepted, work, step.Node, step.Key, $"{step.Kind}", token);
        }
        catch (Exception exception)
        {
            scene.Add(NoteKind.Refused, work, step.Node, step.Key, Scene.Say(exception), token);
        }

        return null;

        Pending Accept(string key, Pending pending) =>
            Accepted(scene, step.Node, key, work, pending, $"{step.Kind}", token, step.Timeout);
    }

    public static void PostMany(Scene scene, Step step)
    {
        Work[] works = [.. step.Works.Select(work => work with { Event = scene.NextEvent() })];
        Array.ForEach(works, work => scene.Add(NoteKind.Offered, work, step.Node, step.Key, nameof(StepKind.PostMany)));
        try
        {
            scene.Nodes[step.Node].PostMany(step.Key, works);
            Array.ForEach(
                works,
                work => scene.Add(NoteKind.Accepted, work, step.Node, step.Key, nameof(StepKind.PostMany))
            );
        }
        catch (Exception exception)
        {
            Array.ForEach(works, work => scene.Add(NoteKind.Refused, work, step.Node, step.Key, Scene.Say(exception)));
        }
    }

    private static string Say(EventOutcome outcome) =>
        outcome.Exception is { } exception ? $"{outcome.Status} {Scene.Say(exception)}" : $"{outcome.Status}";

    /// <summary>The results of this program's handlers are the event's id or its cargo.</summary>
    private static void CheckResults(Scene scene, int node, Work work, IReadOnlyList<object?> results)
    {
        string expected = Cargo.Describe(work.Cargo < 0 ? work.Id : Cargo.Make(work.Cargo));
        foreach (object? result in results)
        {
            if (
                result is not ("second" or "otherwise" or "mapped")
                && Cargo.Describe(result) is var arrived
                && arrived != expected
            )
            {
                scene.Broken("P12", $"The result of #{work.Id} was '{expected}' and arrives as '{arrived}'.", node);
            }
        }
    }
}
