using System.Text;

namespace Overseer.Generators.Lock;

/// <summary>Writes the one form of a lock file: names in ordinal order, one thing a line.</summary>
internal sealed class LockWriter
{
    private readonly StringBuilder text = new();
    private int depth;
    private bool isFirst = true;

    public static string Write(LockModel model)
    {
        var writer = new LockWriter();
        writer.Object(null, () =>
        {
            writer.Line(LockFormat.Format, LockFormat.Current.ToString());
            writer.Object(LockFormat.Graphs, () => All(model.Graphs, writer.Graph));
            writer.Object(LockFormat.Jobs, () => All(model.Jobs, writer.Job));
            writer.Object(LockFormat.Types, () => All(model.Types, writer.Type));
        });
        return writer.text.Append('\n').ToString();
    }

    private void Graph(string name, LockedGraph graph) => Object(name, () =>
    {
        Line(LockFormat.Version, Quote(graph.Version));
        Object(LockFormat.Dependencies, () => All(graph.Dependencies, (job, dependencies) => Line(job, List(dependencies))));
    });

    private void Job(string name, LockedJob job) => Object(name, () =>
    {
        if (job.FormerNames.Count > 0) Line(LockFormat.Formerly, List(job.FormerNames));
        if (job.IsRetired) Line(LockFormat.Retired, "true");
        if (job.After.Count > 0) Object(LockFormat.After, () => All(job.After, (dependency, result) => Line(dependency, result is null ? "null" : Quote(result.ToString()))));
        if (job.Inputs.Count > 0) Line(LockFormat.Inputs, List(job.Inputs));
        if (job.Args is { } args) Line(LockFormat.Args, Quote(args.ToString()));
        if (job.Result is { } result) Line(LockFormat.Result, Quote(result.ToString()));
    });

    private void Type(string name, LockedType type) => Object(name, () =>
    {
        if (type is LockedEnum numbers)
        {
            Line(LockFormat.Enum, Quote(numbers.Underlying));
            Object(LockFormat.Values, () => All(numbers.Values, (member, value) => Line(member, value)));
        }
        else if (type is LockedObject known)
        {
            if (!known.CanBeMade) Line(LockFormat.Abstract, "true");
            if (known.RefusesUnknown) Line(LockFormat.RefusesUnknown, "true");
            if (known.KeepsUnknown) Line(LockFormat.KeepsUnknown, "true");
            if (known.Discriminator is { } discriminator)
            {
                Line(LockFormat.Discriminator, Quote(discriminator));
                Object(LockFormat.Derived, () => All(known.Derived, (value, derived) => Line(value, Quote(derived.ToString()))));
            }

            Object(LockFormat.Members, () => All(known.Members, Member));
        }
    });

    private void Member(string name, LockedMember member)
    {
        var use = member.Value + LockFormat.Suffix(member.Use);
        if (member.FormerNames.Count == 0)
        {
            Line(name, Quote(use));
            return;
        }

        Object(name, () =>
        {
            Line(LockFormat.Value, Quote(use));
            Line(LockFormat.Formerly, List(member.FormerNames));
        });
    }

    private static void All<T>(SortedDictionary<string, T> entries, Action<string, T> write)
    {
        foreach (var entry in entries) write(entry.Key, entry.Value);
    }

    private void Object(string? name, Action write)
    {
        if (name is not null) Key(name);
        text.Append('{');
        depth++;
        isFirst = true;
        write();
        depth--;
        if (!isFirst) NewLine();
        text.Append('}');
        isFirst = false;
    }

    private void Line(string name, string value)
    {
        Key(name);
        text.Append(value);
    }

    private void Key(string name)
    {
        if (!isFirst) text.Append(',');
        isFirst = false;
        NewLine();
        text.Append(Quote(name)).Append(": ");
    }

    private void NewLine() => text.Append('\n').Append(' ', 2 * depth);

    private static string List(IReadOnlyList<string> items) => $"[{string.Join(", ", items.Select(Quote))}]";

    private static string Quote(string value)
    {
        var quoted = new StringBuilder("\"");
        for (var index = 0; index < value.Length; index++)
        {
            var c = value[index];
            if (c is '"' or '\\') quoted.Append('\\').Append(c);
            else if (char.IsHighSurrogate(c) && index + 1 < value.Length && char.IsLowSurrogate(value[index + 1])) quoted.Append(c).Append(value[++index]);
            else if (char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029') quoted.Append("\\u").Append(((int)c).ToString("x4"));
            else quoted.Append(c);
        }

        return quoted.Append('"').ToString();
    }
}
