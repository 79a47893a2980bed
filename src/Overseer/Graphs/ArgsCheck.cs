using System.Text;
using Overseer.Json;

namespace Overseer;

/// <summary>The checks of args before an insert. Jobs made together share one text, so each is looked at once, and read once by each handler.</summary>
internal sealed class ArgsCheck(JobHandlerMap handlers, int maxPayloadBytes)
{
    private readonly Dictionary<object, SeenText> seen = new(ReferenceEqualityComparer.Instance);

    public IEnumerable<GraphProblem> FindProblems(Job job)
    {
        var text = Look(job);
        if (text?.Size > maxPayloadBytes)
        {
            yield return new GraphProblem(
                GraphProblemKind.ArgsTooLarge,
                $"The args of job '{job}' have {text.Size:N0} bytes, and the limit (MaxPayloadBytes) is {maxPayloadBytes:N0}. Store the data elsewhere and pass where it is.",
                job);
        }

        if (text?.Problem is { } problem)
            yield return new GraphProblem(GraphProblemKind.ArgsDoNotFit, $"The args of job '{job}' are no JSON that can be kept: {problem} Correct the text.", job);
        else if (handlers.TryGet(job.Type, out var handler) && FindMisfit(job, text, handler) is { } misfit)
            yield return new GraphProblem(GraphProblemKind.ArgsDoNotFit, misfit, job);
    }

    private static string? FindMisfit(Job job, SeenText? text, JobHandler handler)
    {
        if (text?.ReadBy.Contains(handler) == true) return null;
        var misfit = handler.FindArgsProblem(job);
        if (misfit is null) text?.ReadBy.Add(handler);
        return misfit;
    }

    private SeenText? Look(Job job)
    {
        if (job.Args is not { } args) return null;
        // What was made from an object is JSON; whether it can be read back is for its handler to say.
        if (!seen.TryGetValue(args, out var text))
            seen.Add(args, text = new SeenText(Encoding.UTF8.GetByteCount(args), job.ArgsType is null ? JsonText.FindProblem(args) : null));
        return text;
    }

    private sealed record SeenText(int Size, string? Problem)
    {
        public HashSet<JobHandler> ReadBy { get; } = [];
    }
}
