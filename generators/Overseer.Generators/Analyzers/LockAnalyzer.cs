using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Overseer.Generators.Lock;
using Overseer.Generators.Parsing;

namespace Overseer.Generators.Analyzers;

/// <summary>OVS601 to OVS603: what the code says now, held against <c>overseer.lock.json</c>, if the project has one.</summary>
/// <remarks>The diagnostic's properties are for code fixes: <see cref="StoredNameProperty"/> and <see cref="SuccessorProperty"/>.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LockAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The name under which it is stored, where keeping it as a former name mends it.</summary>
    public const string StoredNameProperty = "StoredName";

    /// <summary>The key of the handler that takes the former name.</summary>
    public const string SuccessorProperty = "Successor";

    private const string Update = "update it, by the fix in the editor or by one build with -p:UpdateOverseerLock=true";

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.StrandedRuns, Descriptors.Unreadable, Descriptors.LockFileBehind];

    public override void Initialize(AnalysisContext context)
    {
        // What tools have written is stored as well.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypeByMetadataName(AttributeSymbols.JobType) is null) return;
            var files = start.Options.AdditionalFiles.Where(IsLockFile).GroupBy(file => file.Path, StringComparer.Ordinal).Select(group => group.First()).ToList();
            if (files.Count == 0) return;
            var project = new Project(start.Compilation, files, LockUpdate.IsWanted(start.Options.AnalyzerConfigOptionsProvider.GlobalOptions));
            start.RegisterAdditionalFileAction(project.CheckFile);
            start.RegisterSymbolAction(project.CheckType, SymbolKind.NamedType);
        });
    }

    /// <summary>Whether a file is a lock file, by its name.</summary>
    public static bool IsLockFile(string path) => Path.GetFileName(path).Equals(LockFormat.FileName, StringComparison.OrdinalIgnoreCase);

    private static bool IsLockFile(AdditionalText file) => IsLockFile(file.Path);

    private sealed class Project
    {
        private readonly Compilation compilation;
        private readonly IReadOnlyList<AdditionalText> files;
        private readonly bool isUpdated;
        private readonly Lazy<(LockCheck? Check, LockFormatException? Error)> check;
        private readonly Lazy<ILookup<ISymbol, Diagnostic>> ofTypes;

        public Project(Compilation compilation, IReadOnlyList<AdditionalText> files, bool isUpdated)
        {
            this.compilation = compilation;
            this.files = files;
            this.isUpdated = isUpdated;
            check = new(Check, LazyThreadSafetyMode.PublicationOnly);
            ofTypes = new(
                () => (check.Value.Check is { } found ? new LockLocator(found, compilation, files[0]).InSource() : [])
                    .ToLookup(pair => pair.Owner, pair => pair.Diagnostic, SymbolEqualityComparer.Default),
                LazyThreadSafetyMode.PublicationOnly);
        }

        public void CheckType(SymbolAnalysisContext symbol)
        {
            foreach (var diagnostic in ofTypes.Value[symbol.Symbol]) symbol.ReportDiagnostic(diagnostic);
        }

        public void CheckFile(AdditionalFileAnalysisContext context)
        {
            var file = context.AdditionalFile;
            if (!IsLockFile(file)) return;
            if (file.Path != files[0].Path)
            {
                context.ReportDiagnostic(Broken(file, new TextSpan(0, 0), $"A project has one lock file, and this one has {files[0].Path} as well", "take one of the two out of its AdditionalFiles"));
                return;
            }

            var (found, error) = check.Value;
            if (error is not null)
            {
                context.ReportDiagnostic(Broken(file, error.Span, $"{LockFormat.FileName} cannot be read: {error.Message}", "take it from version control again, or use the version of Overseer that wrote it; if nothing is stored yet, empty it"));
                return;
            }

            if (found is null) return;
            foreach (var diagnostic in new LockLocator(found, compilation, file).InFile()) context.ReportDiagnostic(diagnostic);
            if (found.Difference is not { } difference) return;
            if (isUpdated && LockUpdate.TryWrite(file.Path, found.NewText!) is var failure)
            {
                if (failure is not null) context.ReportDiagnostic(Broken(file, new TextSpan(0, 0), $"{LockFormat.FileName} cannot be written: {failure}", "see that it can be, and build again"));
                return;
            }

            var trouble = found.OldWorkersTrouble is { } reason ? $", and stop workers of older builds before the new one stores runs, because {reason}" : "";
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.LockFileBehind, LockLocator.Locate(file, new TextSpan(0, 0)), $"{LockFormat.FileName} is behind the code: {difference}", Update + trouble));
        }

        private (LockCheck?, LockFormatException?) Check()
        {
            try
            {
                return (LockCheck.Of(compilation, files[0].GetText()?.ToString() ?? ""), null);
            }
            catch (LockFormatException error)
            {
                return (null, error);
            }
        }

        // Without a lock file that can be read, nothing is checked: no warning to be passed over.
        private static Diagnostic Broken(AdditionalText file, TextSpan place, string thing, string remedy) => Diagnostic.Create(
            Descriptors.LockFileBehind, LockLocator.Locate(file, place), DiagnosticSeverity.Error, additionalLocations: null, properties: null, thing, remedy);
    }
}
