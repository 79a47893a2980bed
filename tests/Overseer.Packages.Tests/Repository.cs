using System.Reflection;
using System.Xml.Linq;

namespace Overseer.Packages.Tests;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    private static readonly Dictionary<string, string> Metadata =
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().ToDictionary(attribute => attribute.Key, attribute => attribute.Value!);

    public static string Root => Path.GetFullPath(Metadata["Root"]);

    public static string Configuration => Metadata["Configuration"];

    /// <summary>Where this machine keeps packages that are unpacked.</summary>
    public static string MachinePackages => Metadata["MachinePackages"];

    /// <summary>The projects that the compiler loads from the package.</summary>
    public static IEnumerable<string> CompilerParts =>
        Directory.EnumerateFiles(Path.Combine(Root, "generators"), "*.csproj", SearchOption.AllDirectories).Select(path => Path.GetFileNameWithoutExtension(path)!);

    /// <summary>The version of a package that the repository builds with.</summary>
    public static string VersionOf(string package) =>
        XDocument.Load(Path.Combine(Root, "Directory.Packages.props")).Descendants("PackageVersion")
            .Single(element => (string?)element.Attribute("Include") == package).Attribute("Version")!.Value;
}
