using System.Collections.Immutable;
using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Xml.Linq;

namespace Overseer.Packages.Tests;

/// <summary>What is in a package.</summary>
public sealed class Package : IDisposable
{
    private readonly ZipArchive archive;

    internal Package(string path) => archive = ZipFile.OpenRead(path);

    /// <summary>The files, without those that every package has for the packaging format itself.</summary>
    public IEnumerable<string> Files => archive.Entries.Select(entry => entry.FullName)
        .Where(name => name != "[Content_Types].xml" && !name.StartsWith("_rels/", StringComparison.Ordinal) && !name.StartsWith("package/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    /// <summary>The metadata element of the nuspec.</summary>
    public XElement Metadata
    {
        get
        {
            var document = XDocument.Parse(Text(Files.Single(file => file.EndsWith(".nuspec", StringComparison.Ordinal))));
            foreach (var element in document.Descendants()) element.Name = element.Name.LocalName;
            return document.Root!.Element("metadata")!;
        }
    }

    public ImmutableArray<byte> Bytes(string file)
    {
        using var stream = archive.GetEntry(file)!.Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return [.. copy.ToArray()];
    }

    public string Text(string file)
    {
        using var reader = new StreamReader(archive.GetEntry(file)!.Open());
        return reader.ReadToEnd();
    }

    /// <summary>Whether the text is anywhere in the file, as source, metadata or string literals hold it.</summary>
    public bool Mentions(string file, string text)
    {
        var bytes = Bytes(file).AsSpan();
        return bytes.IndexOf(Encoding.UTF8.GetBytes(text)) >= 0 || bytes.IndexOf(Encoding.Unicode.GetBytes(text)) >= 0;
    }

    /// <summary>The assemblies that this one refers to, with their versions.</summary>
    public IReadOnlyDictionary<string, Version> ReferencesOf(string file)
    {
        using var image = new PEReader(Bytes(file));
        var metadata = image.GetMetadataReader();
        return metadata.AssemblyReferences.Select(metadata.GetAssemblyReference)
            .ToDictionary(reference => metadata.GetString(reference.Name), reference => reference.Version);
    }

    /// <summary>Whether the compiler made it from its input alone, with no time or random id in it.</summary>
    public bool IsReproducible(string file)
    {
        using var image = new PEReader(Bytes(file));
        return image.ReadDebugDirectory().Any(entry => entry.Type == DebugDirectoryEntryType.Reproducible);
    }

    /// <summary>The source files that symbols, in a file or embedded in an assembly, speak of.</summary>
    public IReadOnlyList<string> SourcesOf(string file)
    {
        if (file.EndsWith(".pdb", StringComparison.Ordinal))
        {
            using var symbols = MetadataReaderProvider.FromPortablePdbImage(Bytes(file));
            return Sources(symbols);
        }

        using var image = new PEReader(Bytes(file));
        using var embedded = image.ReadEmbeddedPortablePdbDebugDirectoryData(
            image.ReadDebugDirectory().Single(entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb));
        return Sources(embedded);
    }

    public void Dispose() => archive.Dispose();

    private static string[] Sources(MetadataReaderProvider symbols)
    {
        var metadata = symbols.GetMetadataReader();
        return [.. metadata.Documents.Select(document => metadata.GetString(metadata.GetDocument(document).Name))];
    }
}
