using System.Globalization;
using System.Numerics;
using Microsoft.CodeAnalysis.Text;

namespace Overseer.Generators.Lock;

/// <summary>Reads a lock file.</summary>
internal sealed class LockReader
{
    private readonly Dictionary<string, TextSpan> places = new(StringComparer.Ordinal);

    private LockReader()
    {
    }

    /// <summary>What it says, and where it says so: by <see cref="Place"/>. An empty file locks nothing yet.</summary>
    /// <exception cref="LockFormatException">It is no lock file, or one of a later version of Overseer.</exception>
    public static (LockModel Model, IReadOnlyDictionary<string, TextSpan> Places) Read(string text)
    {
        var reader = new LockReader();
        if (text.Trim().Length == 0) return (LockModel.Empty, reader.places);
        return (reader.Read(Object(LockJson.Read(text), "the file")), reader.places);
    }

    /// <summary>The key of a place: of a graph, of one of its jobs, of a job type, a type or a member.</summary>
    public static string Place(params string[] path) => string.Join("\n", path);

    private LockModel Read(LockObjectNode file)
    {
        if (file.Properties.Count == 0) return LockModel.Empty;
        CheckFormat(file);
        var model = LockModel.Empty;
        foreach (var (name, place, value) in file.Properties)
        {
            switch (name)
            {
                case LockFormat.Format: break;
                case LockFormat.Graphs: All(value, name, model.Graphs, ReadGraph, [name]); break;
                case LockFormat.Jobs: All(value, name, model.Jobs, ReadJob, [name]); break;
                case LockFormat.Types: All(value, name, model.Types, ReadType, [name]); break;
                default: throw Unknown(name, place);
            }
        }

        CheckTypes(model, new TextSpan(file.Span.Start, 1));
        return model;
    }

    private static void CheckFormat(LockObjectNode file)
    {
        var (name, _, value) = file.Properties.FirstOrDefault(property => property.Name == LockFormat.Format);
        if (name is null) throw new LockFormatException($"it does not say its \"{LockFormat.Format}\"", new TextSpan(file.Span.Start, 1));
        if (value is not LockTextNode { IsString: false } text || !int.TryParse(text.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var format) || format < 1)
            throw new LockFormatException($"\"{LockFormat.Format}\" is no number", value.Span);
        if (format > LockFormat.Current)
            throw new LockFormatException($"it has format {format}, and this version of Overseer knows {LockFormat.Current} only, so that a later one must have written it", value.Span);
    }

    private static void CheckTypes(LockModel model, TextSpan place)
    {
        var members = model.Types.Values.OfType<LockedObject>().SelectMany(type => type.Members.Values.Select(member => member.Value).Concat(type.Derived.Values));
        var known = model.Jobs.Values.SelectMany(job => job.After.Values.Append(job.Args).Append(job.Result)).Concat(members).ToList();
        for (var index = 0; index < known.Count; index++)
        {
            if (known[index] is not { } value) continue;
            known.AddRange([value.Element, value.Key]);
            if ((value.Kind == ValueKind.Type || (value.Kind == ValueKind.Text && !NumberText.Is(value.Name))) && model.Find(value) is null)
                throw new LockFormatException($"\"{value.Name}\" is not among its \"{LockFormat.Types}\"", place);
        }
    }

    private LockedGraph ReadGraph(LockObjectNode graph, string[] path)
    {
        var read = new LockedGraph("", LockModel.New<IReadOnlyList<string>>());
        foreach (var (name, place, value) in graph.Properties)
        {
            if (name == LockFormat.Version)
            {
                read = read with { Version = Text(value, name) };
            }
            else if (name == LockFormat.Dependencies)
            {
                foreach (var (job, jobPlace, dependencies) in Object(value, name).Properties)
                {
                    places[Place([.. path, job])] = jobPlace;
                    read.Dependencies.Add(job, List(dependencies, job));
                }
            }
            else
            {
                throw Unknown(name, place);
            }
        }

        return read;
    }

    private LockedJob ReadJob(LockObjectNode job, string[] path)
    {
        var read = new LockedJob([], false, LockModel.New<LockedValue?>(), [], null, null);
        foreach (var (name, place, value) in job.Properties)
        {
            read = name switch
            {
                LockFormat.After => ReadAfter(read, value, name),
                LockFormat.Formerly => read with { FormerNames = List(value, name) },
                LockFormat.Retired => read with { IsRetired = Flag(value, name) },
                LockFormat.Inputs => read with { Inputs = List(value, name) },
                LockFormat.Args => read with { Args = Value(value) },
                LockFormat.Result => read with { Result = Value(value) },
                _ => throw Unknown(name, place),
            };
        }

        return read;
    }

    private static LockedJob ReadAfter(LockedJob job, LockNode node, string what)
    {
        foreach (var (name, _, value) in Object(node, what).Properties) job.After.Add(name, value is LockTextNode { IsString: false, Text: "null" } ? null : Value(value));
        return job;
    }

    private LockedType ReadType(LockObjectNode type, string[] path)
    {
        if (type.Properties.Any(property => property.Name == LockFormat.Enum)) return ReadEnum(type);
        var read = new LockedObject(LockModel.New<LockedMember>(), true, null, LockModel.New<LockedValue>(), false, false);
        foreach (var (name, place, value) in type.Properties)
        {
            switch (name)
            {
                case LockFormat.Abstract: read = read with { CanBeMade = !Flag(value, name) }; break;
                case LockFormat.RefusesUnknown: read = read with { RefusesUnknown = Flag(value, name) }; break;
                case LockFormat.KeepsUnknown: read = read with { KeepsUnknown = Flag(value, name) }; break;
                case LockFormat.Discriminator: read = read with { Discriminator = Text(value, name) }; break;
                case LockFormat.Derived:
                    foreach (var (discriminator, _, derived) in Object(value, name).Properties) read.Derived.Add(discriminator, Value(derived));
                    break;
                case LockFormat.Members:
                    foreach (var (member, memberPlace, text) in Object(value, name).Properties)
                    {
                        places[Place([.. path, member])] = memberPlace;
                        read.Members.Add(member, ReadMember(text));
                    }

                    break;
                default: throw Unknown(name, place);
            }
        }

        return read;
    }

    private static LockedEnum ReadEnum(LockObjectNode type)
    {
        var read = new LockedEnum("", LockModel.New<string>());
        foreach (var (name, place, value) in type.Properties)
        {
            if (name == LockFormat.Enum)
            {
                read = read with { Underlying = Text(value, name) };
            }
            else if (name == LockFormat.Values)
            {
                foreach (var (member, _, number) in Object(value, name).Properties)
                    read.Values.Add(member, number is LockTextNode { IsString: false } text && BigInteger.TryParse(text.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var parsed) ? parsed.ToString(CultureInfo.InvariantCulture) : throw new LockFormatException($"\"{member}\" is no number", number.Span));
            }
            else
            {
                throw Unknown(name, place);
            }
        }

        return read;
    }

    private static LockedMember ReadMember(LockNode node)
    {
        var (text, formerNames) = (node, (IReadOnlyList<string>)[]);
        if (node is LockObjectNode known)
        {
            foreach (var (name, place, value) in known.Properties)
            {
                if (name == LockFormat.Value) text = value;
                else if (name == LockFormat.Formerly) formerNames = List(value, name);
                else throw Unknown(name, place);
            }
        }

        return LockFormat.ParseMember(Text(text, LockFormat.Value)) is { } member
            ? new LockedMember(member.Value, member.Use, formerNames)
            : throw new LockFormatException("it does not say what a member is", text.Span);
    }

    private void All<T>(LockNode node, string what, SortedDictionary<string, T> target, Func<LockObjectNode, string[], T> read, string[] path)
    {
        foreach (var (name, place, value) in Object(node, what).Properties)
        {
            string[] inner = [.. path, name];
            places[Place(inner)] = place;
            target.Add(name, read(Object(value, name), inner));
        }
    }

    private static LockObjectNode Object(LockNode node, string what) => node as LockObjectNode ?? throw new LockFormatException($"\"{what}\" is no object", node.Span);

    private static string Text(LockNode node, string what) =>
        node is LockTextNode { IsString: true } text ? text.Text : throw new LockFormatException($"\"{what}\" is no text", node.Span);

    private static bool Flag(LockNode node, string what) =>
        node is LockTextNode { IsString: false, Text: "true" or "false" } word ? word.Text == "true" : throw new LockFormatException($"\"{what}\" is neither true nor false", node.Span);

    private static LockedValue Value(LockNode node) =>
        LockedValue.Parse(Text(node, LockFormat.Value)) ?? throw new LockFormatException("it does not say what a value is", node.Span);

    private static List<string> List(LockNode node, string what) =>
        node is LockArrayNode array ? array.Items.Select(item => Text(item, what)).ToList() : throw new LockFormatException($"\"{what}\" is no list", node.Span);

    private static LockFormatException Unknown(string name, TextSpan place) => new($"\"{name}\" is not known here", place);
}
